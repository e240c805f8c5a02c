package dev.clew.server.api;

import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.topology.TopologyNode;
import dev.clew.index.RequestNote;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestState;
import dev.clew.server.auth.Decision;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.view.CheckpointIds;
import dev.clew.server.view.Ids;
import dev.clew.server.view.Questions;
import dev.clew.server.view.States;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts runs, and lets runs continue that wait. */
public final class RunStarter {
    private static final Pattern QUESTION_ID = Pattern.compile("[0-9a-f]{32}");

    private final Parts parts;
    private final Gate gate;
    private final RequestBook book;

    RunStarter(Parts parts, Gate gate, RequestBook book) {
        this.parts = parts;
        this.gate = gate;
        this.book = book;
    }

    /** Whose the thread of a run is. */
    enum Place {
        /** The client named it. */
        NAMED,
        /** It is made for the run, and stays. */
        OWN,
        /** It is made for the run, and goes after it. */
        TEMPORARY
    }

    /**
     * A request that was accepted.
     *
     * @param after the position in the thread's events after which those of the request come
     */
    record Started(RunRequest request, RunBody body, long after) {}

    /**
     * Starts what a body asks for.
     *
     * @param requestId names the request; made here if it is null
     * @param place whose the thread is
     * @param accepted is run when a new request is accepted, before anything is stored
     */
    Started start(
            Caller caller, String threadId, RunBody body, @Nullable String requestId, Place place, Runnable accepted) {
        boolean exists = requireThread(caller.decision(), threadId, body, place);
        String id = requestId == null ? Ids.fresh() : Ids.require("run_id", requestId);
        Served served = body.served();
        RequestNote note = note(caller, body, id);
        Optional<RunRequest> known = requestId == null ? Optional.empty() : book.find(threadId, id);
        if (known.isPresent()) {
            return again(known.get(), body, note);
        }
        requireCheckpoint(threadId, body);
        Command answers = body.resume() == null ? null : answers(served, threadId, body.resume());
        boolean proceeds =
                body.resume() == null && body.input() == null && (served.hasInput() || isUnfinished(served, threadId));
        if (proceeds) {
            requireContinuable(served, threadId, body);
        }
        // What is refused until here has changed nothing.
        accepted.run();
        bind(caller.decision(), threadId, body, !exists, place);
        if (answers != null) {
            return answer(threadId, body, note, answers);
        }
        if (proceeds) {
            return proceed(caller, threadId, body, note);
        }
        parts.feeds().expect(served, threadId, id, body.resumable(), true);
        RunConfig config = config(threadId, body)
                .attributes(RunAttributes.of(body, caller.who()))
                .request(note);
        RunHandle<Object> unused = body.input() != null && served.hasInput()
                ? served.workflow().enqueue(served.input(body.input()), config)
                : served.workflow().enqueue(config);
        return started(threadId, body, note, -1);
    }

    private static RequestNote note(Caller caller, RunBody body, String requestId) {
        return new RequestNote(
                requestId,
                RequestContent.asked(body),
                RequestContent.of(body, caller.who()).bytes());
    }

    /** The same request once more; another one under its id is refused. */
    private Started again(RunRequest known, RunBody body, RequestNote note) {
        if (known.requested() == null || !known.requested().asks(note.asked())) {
            throw ApiRefusal.conflict("the idempotency key '" + known.requestId()
                    + "' was used for another request of thread '" + known.threadId() + "'; use a new one");
        }
        return new Started(
                known, body, parts.feeds().after(known.served(), known.threadId(), known.runId(), book.startOf(known)));
    }

    private static void requireCheckpoint(String threadId, RunBody body) {
        String checkpoint = body.checkpoint();
        if (checkpoint != null
                && States.of(body.served()).state(threadId, checkpoint, false).isEmpty()) {
            throw ApiRefusal.notFound(
                    "the thread '" + threadId + "' has no checkpoint '" + CheckpointIds.out(checkpoint) + "'");
        }
    }

    /** Whether the thread exists; refuses one that the caller must not run, and one that is not to be made. */
    private boolean requireThread(Decision decision, String threadId, RunBody body, Place place) {
        if (parts.book().index().find(threadId).isEmpty() && (body.createThread() || place != Place.NAMED)) {
            return false;
        }
        if (gate.thread(decision, threadId).status() != null) {
            parts.store().thread(threadId).ifPresent(thread -> requireSame(body.served(), thread.workflow(), threadId));
        }
        return true;
    }

    /** Makes the thread if it is to be made, and notes what it runs. */
    private void bind(Decision decision, String threadId, RunBody body, boolean isNew, Place place) {
        String workflow = body.served().workflow().name();
        if (isNew) {
            ObjectNode metadata = noted(Gate.stamped(decision, body.metadata()), body);
            if (parts.book().create(threadId, workflow, metadata, place == Place.TEMPORARY)) {
                return;
            }
            // Another request made it just now, maybe another caller's.
            boolean unused = requireThread(decision, threadId, body, place);
        }
        boolean known = parts.book()
                .change(threadId, workflow, before -> noted(before, body))
                .isPresent();
        if (!known) {
            throw ApiRefusal.notFound("there is no thread '" + threadId + "' any more");
        }
    }

    private static ObjectNode noted(ObjectNode metadata, RunBody body) {
        metadata.put("graph_id", body.served().graphId());
        metadata.put("assistant_id", Assistants.id(body.kwargs(), body.served()));
        return metadata;
    }

    private static void requireSame(Served served, String bound, String threadId) {
        boolean same = served.workflow().name().equals(bound)
                || served.workflow().formerly().contains(bound);
        if (!same) {
            throw ApiRefusal.invalid("the thread '" + threadId + "' belongs to '" + bound + "', and cannot be run by '"
                    + served.graphId() + "'; use another thread");
        }
    }

    private Started started(String threadId, RunBody body, RequestNote note, long after) {
        RunRequest request = book.find(threadId, note.requestId())
                .orElseThrow(() -> ApiRefusal.conflict("the thread '" + threadId + "' was deleted just now"));
        return new Started(request, body, after);
    }

    // --- inputs ---

    private RunConfig config(String threadId, RunBody body) {
        RunConfig config = RunConfig.thread(threadId)
                .metadata(RunMetadata.texts(body.metadata()))
                .tags(body.tags().toArray(String[]::new))
                .whenInterrupted(WhenInterrupted.ABANDON)
                .delay(body.delay());
        config = body.durability() == null ? config : config.durability(body.durability());
        config = switch (body.strategy()) {
            case REJECT -> config.whenBusy(WhenBusy.reject());
            case ENQUEUE -> config;
            case INTERRUPT -> config.whenBusy(WhenBusy.interrupt());
            case ROLLBACK -> config.whenBusy(WhenBusy.rollback());
        };
        if (body.recursionLimit().isPresent()) {
            int limit = body.recursionLimit().getAsInt();
            config = body.served().graph().isPresent() ? config.maxSupersteps(limit) : config.maxSteps(limit);
        }
        if (body.checkpoint() != null && !isNewest(body.served(), threadId, body.checkpoint())) {
            config = config.checkpoint(body.checkpoint());
        }
        return breakpoints(config, body);
    }

    private static boolean isNewest(Served served, String threadId, String checkpoint) {
        return checkpoint.equals(served.workflow().state(threadId).checkpointId());
    }

    private static RunConfig breakpoints(RunConfig config, RunBody body) {
        Optional<GraphWorkflow<Object, Object, Object>> graph = body.served().graph();
        RunConfig with = config;
        if (graph.isPresent() && !body.pauseBefore().isEmpty()) {
            with = with.pauseBefore(nodes(graph.get(), body.pauseBefore()));
        }
        if (graph.isPresent() && !body.pauseAfter().isEmpty()) {
            with = with.pauseAfter(nodes(graph.get(), body.pauseAfter()));
        }
        return with;
    }

    private static NodeRef[] nodes(GraphWorkflow<?, ?, ?> graph, List<String> names) {
        List<String> known =
                graph.topology().nodes().stream().map(TopologyNode::name).toList();
        return known.stream()
                .filter(name -> names.contains("*") || names.contains(name))
                .map(NodeRef::of)
                .toArray(NodeRef[]::new);
    }

    // --- what lets a run continue ---

    private static boolean isUnfinished(Served served, String threadId) {
        ThreadStatus status = served.workflow().state(threadId).status();
        return !status.isOver();
    }

    /** Gives answers that were checked to be asked for. */
    void respond(Caller caller, String threadId, Served served, Command answers) {
        RunBody body = RunBody.answers(served, Json.object());
        RequestNote note = note(caller, body, Ids.fresh());
        Started unused = answer(threadId, body, note, answers);
    }

    private Started answer(String threadId, RunBody body, RequestNote note, Command answers) {
        Served served = body.served();
        long after = newest(served, threadId, body);
        RunHandle<Object> unused =
                served.workflow().enqueue(answers, RunConfig.thread(threadId).request(note));
        return started(threadId, body, note, after);
    }

    /** The checkpoint that a body names, if it is not the newest one. */
    private static @Nullable String older(ThreadState<Object> state, RunBody body) {
        String named = body.checkpoint();
        return named == null || named.equals(state.checkpointId()) ? null : named;
    }

    /** Whether the thread has a request that no worker can open: it is taken again if the thread is continued. */
    private boolean isHeld(String threadId) {
        return parts.store().queue().list(QueueQuery.all().thread(threadId).state(RequestState.HELD)).stream()
                .anyMatch(row -> !row.isOpened());
    }

    private void requireContinuable(Served served, String threadId, RunBody body) {
        if (isHeld(threadId)) {
            return;
        }
        ThreadState<Object> state = served.workflow().state(threadId);
        if (state.runId() == null) {
            throw ApiRefusal.invalid(
                    "'input' is missing: the thread '" + threadId + "' never ran, so there is nothing to continue");
        }
        boolean isOver = state.status().isOver();
        if (isOver && older(state, body) == null) {
            throw ApiRefusal.invalid("'input' is missing: the last run of thread '" + threadId
                    + "' is over, so there is nothing to continue");
        }
    }

    /** A fork is of the context that is said now, or else of the run that it comes from. */
    private static RunConfig forking(Caller caller, String threadId, RunBody body, String checkpoint) {
        RunConfig config = RunConfig.thread(threadId).checkpoint(checkpoint);
        Map<String, Object> said = RunAttributes.of(body, caller.who());
        return said.containsKey("context") || said.containsKey("configurable") ? config.attributes(said) : config;
    }

    private Started proceed(Caller caller, String threadId, RunBody body, RequestNote note) {
        Served served = body.served();
        if (isHeld(threadId)) {
            RunHandle<Object> unused = served.workflow()
                    .enqueue(Command.proceed(), RunConfig.thread(threadId).request(note));
            return started(threadId, body, note, -1);
        }
        ThreadState<Object> state = served.workflow().state(threadId);
        String older = older(state, body);
        if (older != null) {
            RunConfig forked = served.workflow().fork(forking(caller, threadId, body, older));
            assert forked != null;
        }
        long after = newest(served, threadId, body);
        RunConfig config = RunConfig.thread(threadId).request(note);
        RunConfig pausing = breakpoints(config, body);
        if (pausing.breakpoints().isEmpty() || !state.pending().isEmpty()) {
            RunHandle<Object> unused = served.workflow().enqueue(Command.proceed(), config);
        } else {
            // Where it pauses next is known to this call alone.
            refusedAtOnce(served.workflow().invokeAsync(Command.proceed(), pausing));
        }
        return started(threadId, body, note, after);
    }

    /** Throws what refuses a request: that is known by the time the call returns. */
    private static void refusedAtOnce(CompletableFuture<?> result) {
        if (result.isCompletedExceptionally()) {
            Throwable why = result.handle((value, error) -> error).join();
            Throwable cause = why != null && why.getCause() != null ? why.getCause() : why;
            if (cause instanceof RequestRefusedException refused) {
                throw refused;
            }
        }
    }

    /** The position of what the run told until now; what it tells from now on is kept. */
    private long newest(Served served, String threadId, RunBody body) {
        String runId = runOf(served, threadId);
        parts.feeds().expect(served, threadId, runId, body.resumable(), false);
        return parts.feeds().newest(served, threadId, runId);
    }

    private static String runOf(Served served, String threadId) {
        String runId = served.workflow().state(threadId).runId();
        if (runId == null) {
            throw ApiRefusal.invalid("the thread '" + threadId + "' never ran, so nothing of it can be continued");
        }
        return runId;
    }

    /** An object whose members are named by ids of questions has an answer for each; anything else is the one answer. */
    static Command answers(Served served, String threadId, JsonNode resume) {
        List<PendingInterrupt<?, ?>> pending = served.workflow().state(threadId).pending();
        boolean byId = resume instanceof ObjectNode object
                && !object.isEmpty()
                && object.propertyNames().stream()
                        .allMatch(name -> QUESTION_ID.matcher(name).matches());
        if (byId) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            resume.properties().forEach(member -> values.put(member.getKey(), Json.plain(member.getValue())));
            values.keySet().forEach(id -> requireAsked(id, pending));
            return Command.resumeAll(values);
        }
        if (pending.size() != 1) {
            throw refused(
                    pending.isEmpty()
                            ? "the thread '" + threadId + "' asks nothing"
                            : "the thread '" + threadId + "' asks " + pending.size()
                                    + " questions; answer with an object of answers by question id",
                    pending);
        }
        return Command.resume(pending.get(0).id(), Json.plain(resume));
    }

    private static void requireAsked(String id, List<PendingInterrupt<?, ?>> pending) {
        if (pending.stream().noneMatch(question -> question.id().equals(id))) {
            throw refused("there is no question '" + id + "' that waits for an answer", pending);
        }
    }

    static ApiRefusal refused(String why, List<? extends PendingInterrupt<?, ?>> pending) {
        ObjectNode more = Json.object();
        more.set("pending", Questions.of(pending));
        return ApiRefusal.invalid(why, more);
    }
}
