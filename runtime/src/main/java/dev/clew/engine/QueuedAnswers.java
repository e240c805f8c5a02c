package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RequestTakenException;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.Request;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.index.RequestNote;
import dev.clew.queue.QueueQuery;
import dev.clew.state.ThreadStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Stores what lets a run continue that a worker, or this graph, continues then. */
record QueuedAnswers(Engine engine, Checkpointer store, EngineWorkflow<?, ?> workflow) {
    /**
     * Stores answers for a queued run, durably; a worker continues it, at its old place in the queue.
     *
     * @return the run's id
     */
    String answer(Request answers, RunConfig config) {
        String threadId = Engine.requireThread(config);
        RequestNote note = config.request().orElse(null);
        NotedRequests noted = NotedRequests.of(engine, store, threadId);
        Optional<String> known = noted.known(note);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            String runId = answers instanceof Request.Proceed
                    ? new EnqueuedProceed(engine, store, threadId, workflow.spec(), note).proceed(config)
                    : answer(threadId, answers, config, note);
            if (note != null && engine.settings().executes()) {
                continued(threadId, runId);
            }
            return runId;
        } catch (RequestTakenException taken) {
            if (note == null) {
                throw taken;
            }
            return noted.taken(note);
        }
    }

    private String answer(String threadId, Request answers, RunConfig config, @Nullable RequestNote note) {
        ThreadRecord thread = store.thread(threadId)
                .orElseThrow(() -> Answers.nothingPending(threadId, whyThereIsNoThread(threadId)));
        if (!workflow.spec().isNamed(thread.workflow())) {
            throw Refusals.otherWorkflow(threadId, thread.workflow(), workflow.name());
        }
        String runId = String.valueOf(thread.head().runId());
        config.runId().filter(named -> !named.equals(runId)).ifPresent(named -> {
            throw new RequestRefusedException(
                    Reason.REPLACED, "run '" + named + "' is not the newest of thread '" + threadId + "'");
        });
        ThreadStatus status = thread.head().status();
        if (status.isOver() || status == ThreadStatus.FAILED) {
            throw Answers.nothingPending(threadId, "its last run is over");
        }
        boolean continuesHere = note != null && engine.settings().executes();
        if (!thread.isQueued() && !continuesHere) {
            throw new RequestRefusedException("run '" + runId + "' of thread '" + threadId
                    + "' was not enqueued, so no worker continues it; answer with invoke(command, config)");
        }
        new RemoteAnswer(engine, store, threadId, workflow.spec(), note).answer(answers);
        engine.signals().signal(threadId, ThreadSignals.Event.AT_REST);
        return runId;
    }

    /** Continues a run that no worker continues, with what was stored for it just now. */
    private void continued(String threadId, String runId) {
        boolean isLeft = engine.claims()
                .see(store, threadId)
                .filter(seen -> !seen.thread().isQueued())
                .filter(seen -> seen.status() == ThreadStatus.ANSWERED || seen.status() == ThreadStatus.CRASHED)
                .isPresent();
        if (isLeft) {
            CompletableFuture<?> unused =
                    engine.admit(workflow, new Request.Wake(runId), RunConfig.thread(threadId), Promise.handedOut());
        }
    }

    private String whyThereIsNoThread(String threadId) {
        boolean isQueued = store.queue().list(QueueQuery.all().thread(threadId)).stream()
                .anyMatch(row -> !row.state().isOver());
        return isQueued ? "its run waits for a worker, and has not begun" : "there is no such thread";
    }
}
