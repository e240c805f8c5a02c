package dev.clew.engine.admission;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.answer.NotedRequests;
import dev.clew.engine.answer.StoredUndo;
import dev.clew.engine.caller.CallerThread;
import dev.clew.engine.host.Host;
import dev.clew.engine.queue.QueuedRequests;
import dev.clew.engine.request.Request;
import dev.clew.engine.request.TakenRequest;
import dev.clew.engine.run.Activation;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.engine.scope.BreakpointCalls;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.world.Witness;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes the requests of callers and workers: refuses what cannot be, and admits the rest. */
public final class Intake {
    private final RunningHost host;

    public Intake(RunningHost host) {
        this.host = host;
    }

    /** As {@link RunningHost#admit}. */
    public <O extends @Nullable Object> CompletableFuture<RunResult<O>> admit(
            RunWorkflow<?, O> workflow,
            Request request,
            RunConfig config,
            CompletableFuture<RunResult<O>> result,
            @Nullable TakenRequest taken) {
        Witness witness = host.settings().time().world().witness();
        witness.entered();
        witness.awaited(result);
        try {
            // The last thread to leave a run that parks may still be in one of its scopes when it wakes the run.
            if (!(request instanceof Request.Wake)) {
                CallerThread.requireOutsideScope(workflow.name());
            }
            host.requireOpen();
            Refusals.requireExecutes(host.settings(), workflow.name(), request);
            QueuedRequests.requireNone(workflow, config, request);
            Checkpointer store = host.settings().checkpointer();
            if (store == null) {
                BreakpointCalls.requireNone(workflow.name(), config);
                if (request instanceof Request.Input input) {
                    workflow.spec().requireAdmitted(null, input.value());
                }
                runUnstored(workflow, request, config, result);
            } else {
                Request known =
                        onceMore(store, config).<Request>map(Request.Wake::new).orElse(request);
                Request wanted = known instanceof Request.Undo ? undoing(store, workflow, config) : known;
                new Admission<>(Ticket.of(host, workflow, wanted, config, store, result, taken)).admit();
            }
        } catch (RuntimeException | Error refused) {
            result.completeExceptionally(refused);
        } finally {
            witness.left();
        }
        return result;
    }

    /** Stores that a run is to be undone; what is left to do is to continue it. */
    private Request undoing(Checkpointer store, RunWorkflow<?, ?> workflow, RunConfig config) {
        return new Request.Wake(
                new StoredUndo(host, store, workflow.spec(), Host.requireThread(config)).decide(config));
    }

    /** The run of the request that a configuration notes, if it was noted before. */
    private Optional<String> onceMore(Checkpointer store, RunConfig config) {
        return config.request()
                .flatMap(note -> NotedRequests.of(host, store, Host.requireThread(config))
                        .known(note));
    }

    private <O extends @Nullable Object> void runUnstored(
            RunWorkflow<?, O> workflow, Request request, RunConfig config, CompletableFuture<RunResult<O>> result) {
        if (!(request instanceof Request.Input input)) {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "workflow '" + workflow.name()
                            + "' has no checkpointer, so there is nothing to continue; build its graph with .checkpointer(…)");
        }
        config.runId().ifPresent(id -> {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "workflow '" + workflow.name() + "' has no checkpointer, so run '" + id
                            + "' could not be found again, and the same call would run it twice; build its graph with"
                            + " .checkpointer(…), or use RunConfig.none()");
        });
        Contexts contexts = host.requireContexts(workflow.spec(), config);
        host.activations()
                .begin(
                        Activation.unstored(
                                workflow,
                                input.value(),
                                config,
                                contexts,
                                host.settings().time()),
                        host.activations().claiming(),
                        List.of(),
                        result);
    }
}
