package dev.clew.server.inspect;

import dev.clew.checkpoint.RunRecord;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadRow;
import dev.clew.interrupt.Command;
import dev.clew.server.api.EditKeys;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.CheckpointIds;
import dev.clew.server.view.States;
import dev.clew.state.ForkPoint;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person does with a thread that LangGraph's protocol has no address for. The rest of it is done by the protocol's own:
 * answers and inputs with {@code POST …/runs}, states with {@code POST …/state}.
 */
public final class InspectActs {
    private final Parts parts;
    private final Gate gate;
    private final EditKeys keys = new EditKeys();

    public InspectActs(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/clew/threads/{thread_id}/fork", Operation.Threads.UPDATE, this::fork),
                Route.post("/clew/threads/{thread_id}/cancel", Operation.Threads.UPDATE, this::cancel),
                Route.post("/clew/threads/{thread_id}/undo", Operation.Threads.UPDATE, this::undo));
    }

    /**
     * Branches off at a step of a run, or at a checkpoint. The new run does not execute before it proceeds: {@code POST …/runs}
     * without an input. The same {@code Idempotency-Key} once more is the same fork.
     */
    private Reply fork(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.UPDATE);
        ThreadRow row = gate.thread(decision, request.path("thread_id"));
        String threadId = row.info().threadId();
        Body body = request.body();
        Served served = served(row);
        RunConfig fork =
                keys.once(request, served, RunConfig.thread(threadId), config -> fork(served, row, body, config));
        ObjectNode made = Json.object();
        made.put("thread_id", threadId);
        made.set(
                "checkpoint_id",
                Json.text(fork.checkpoint().map(CheckpointIds::out).orElse(null)));
        made.set(
                "run_id",
                Json.text(Checkpoints.runOf(
                        parts.store(), threadId, fork.checkpoint().orElse(null))));
        return Reply.json(made);
    }

    private RunConfig fork(Served served, ThreadRow row, Body body, RunConfig config) {
        String threadId = row.info().threadId();
        Optional<String> step = body.text("step");
        boolean after = body.oneOf("where", "before", "after").orElse("before").equals("after");
        if (row.activity() == ThreadActivity.BUSY) {
            throw ApiRefusal.conflict("the thread '" + threadId + "' is busy; wait for its run, or cancel it");
        }
        RunConfig at = config.checkpoint(checkpoint(served, threadId, row, body));
        return step.isPresent()
                ? served.workflow().fork(at, after ? ForkPoint.after(step.get()) : ForkPoint.before(step.get()))
                : served.workflow().fork(at);
    }

    /** That of the body, or the one that opened the body's run; by default the newest one. */
    private String checkpoint(Served served, String threadId, ThreadRow row, Body body) {
        Optional<String> named = body.text("checkpoint_id").map(CheckpointIds::in);
        if (named.isPresent()) {
            if (States.of(served).state(threadId, named.get(), false).isEmpty()) {
                throw ApiRefusal.notFound(
                        "the thread '" + threadId + "' has no checkpoint '" + CheckpointIds.out(named.get()) + "'");
            }
            return named.get();
        }
        String runId = body.text("run_id").orElse(row.runId());
        if (runId == null) {
            throw ApiRefusal.invalid("the thread '" + threadId + "' never ran, so there is nothing to fork");
        }
        return parts.store()
                .run(threadId, runId)
                .map(RunRecord::inputCheckpoint)
                .orElseThrow(() -> ApiRefusal.notFound("the thread '" + threadId + "' has no run '" + runId + "'"));
    }

    private Served served(ThreadRow row) {
        return Optional.ofNullable(row.info().workflow())
                .filter(name -> row.status() != null)
                .flatMap(parts.catalog()::ofThread)
                .orElseThrow(() -> ApiRefusal.invalid(
                        "the thread '" + row.info().threadId() + "' never ran, or its workflow is not served here"));
    }

    /** Cancels what the thread does: its run, whatever request it continues for, or with {@code request_id} one in its line. */
    private Reply cancel(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.UPDATE);
        ThreadRow row = gate.thread(decision, request.path("thread_id"));
        String threadId = row.info().threadId();
        Optional<String> one = request.body().text("request_id");
        boolean cancelled = one.isPresent()
                ? parts.operator().cancel(threadId, one.get())
                : parts.operator().cancel(threadId);
        return Reply.json(Json.object().put("cancelled", cancelled));
    }

    /** Undoes what the thread's newest run has done, here or by a worker of its queue. Repeated, it is the same undo. */
    private Reply undo(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.UPDATE);
        ThreadRow row = gate.thread(decision, request.path("thread_id"));
        String threadId = row.info().threadId();
        RunHandle<Object> undo = served(row).workflow().enqueue(Command.undo(), RunConfig.thread(threadId));
        return Reply.json(Json.object().put("run_id", undo.runId()));
    }
}
