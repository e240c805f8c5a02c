package dev.clew.engine.queue;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RequestTakenException;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.answer.NotedRequests;
import dev.clew.engine.answer.RemoteAnswer;
import dev.clew.engine.answer.StoredUndo;
import dev.clew.engine.caller.Promise;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.host.Host;
import dev.clew.engine.request.Answers;
import dev.clew.engine.request.BoundThread;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.RunWorkflow;
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
public record QueuedAnswers(RunningHost host, Checkpointer store, RunWorkflow<?, ?> workflow) {
    /**
     * Stores answers for a queued run, durably; a worker continues it, at its old place in the queue.
     *
     * @return the run's id
     */
    public String answer(Request answers, RunConfig config) {
        String threadId = Host.requireThread(config);
        RequestNote note = config.request().orElse(null);
        NotedRequests noted = NotedRequests.of(host, store, threadId);
        Optional<String> known = noted.known(note);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            if (answers instanceof Request.Undo) {
                return undo(threadId, config);
            }
            String runId = answers instanceof Request.Proceed
                    ? new EnqueuedProceed(host, store, threadId, workflow.spec(), note).proceed(config)
                    : answer(threadId, answers, config, note);
            if (note != null && host.settings().executes()) {
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

    /** A worker undoes a run of a queue; a graph that has the workflow's code, and recovers runs, any other one. */
    private String undo(String threadId, RunConfig config) {
        String runId = new StoredUndo(host, store, workflow.spec(), threadId).decide(config);
        if (host.settings().executes()) {
            continued(threadId, runId);
        }
        return runId;
    }

    private String answer(String threadId, Request answers, RunConfig config, @Nullable RequestNote note) {
        ThreadRecord thread = store.thread(threadId)
                .orElseThrow(() -> Answers.nothingPending(threadId, whyThereIsNoThread(threadId)));
        BoundThread.require(thread, workflow.spec());
        String runId = String.valueOf(thread.head().runId());
        config.runId().filter(named -> !named.equals(runId)).ifPresent(named -> {
            throw new RequestRefusedException(
                    Reason.REPLACED, "run '" + named + "' is not the newest of thread '" + threadId + "'");
        });
        ThreadStatus status = thread.head().status();
        if (status.isOver() || status == ThreadStatus.FAILED) {
            throw Answers.nothingPending(threadId, "its last run is over");
        }
        boolean continuesHere = note != null && host.settings().executes();
        if (!thread.isQueued() && !continuesHere) {
            throw new RequestRefusedException("run '" + runId + "' of thread '" + threadId
                    + "' was not enqueued, so no worker continues it; answer with invoke(command, config)");
        }
        new RemoteAnswer(host, store, threadId, workflow.spec(), note).answer(answers);
        host.signals().signal(threadId, ThreadSignals.Event.AT_REST);
        return runId;
    }

    /** Continues a run that no worker continues, with what was stored for it just now. */
    private void continued(String threadId, String runId) {
        boolean isLeft = host.claims()
                .see(store, threadId)
                .filter(seen -> !seen.thread().isQueued())
                .filter(seen -> seen.status() == ThreadStatus.ANSWERED || seen.status() == ThreadStatus.CRASHED)
                .isPresent();
        if (isLeft) {
            CompletableFuture<?> unused =
                    host.admit(workflow, new Request.Wake(runId), RunConfig.thread(threadId), Promise.handedOut());
        }
    }

    private String whyThereIsNoThread(String threadId) {
        boolean isQueued = store.queue().list(QueueQuery.all().thread(threadId)).stream()
                .anyMatch(row -> !row.state().isOver());
        return isQueued ? "its run waits for a worker, and has not begun" : "there is no such thread";
    }
}
