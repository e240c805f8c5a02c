package dev.clew.engine.queue;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.answer.NotedRequests;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.request.BoundThread;
import dev.clew.engine.stored.LoggedBreakpoint;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores that a queued run is to proceed, so that a worker continues it. The thread is ANSWERED then, as after an answer.
 *
 * @param spec the workflow; null if it is not here
 * @param note the request that is stored with it; null for none
 */
record EnqueuedProceed(
        RunningHost host,
        Checkpointer store,
        String threadId,
        @Nullable WorkflowSpec<?, ?> spec,
        @Nullable RequestNote note) {

    /**
     * Lets the run proceed that is held, or the thread's newest one.
     *
     * @return its id
     * @throws RequestRefusedException if there is nothing that a worker could continue; nothing is stored
     */
    String proceed(RunConfig config) {
        Optional<String> held = unopened(config);
        if (held.isPresent()) {
            boolean isRetried = store.queue().retry(threadId, held.get(), record(held.get()));
            // One that was put right by another call meanwhile may have run since, and be held again.
            return isRetried || note == null ? held.get() : proceed(config);
        }
        String runId = store.thread(threadId)
                .map(thread -> thread.head().runId())
                .orElseThrow(() -> refused(
                        Reason.NEVER_RAN, "thread '" + threadId + "' never ran, so there is nothing to proceed"));
        config.runId().filter(named -> !named.equals(runId)).ifPresent(named -> {
            throw refused(Reason.REPLACED, "run '" + named + "' is not the newest of thread '" + threadId + "'");
        });
        boolean unused = proceeds(runId);
        return runId;
    }

    /** The first request that is held and was not opened, or the one that the configuration names. */
    private Optional<String> unopened(RunConfig config) {
        return store.queue().list(QueueQuery.all().thread(threadId).state(RequestState.HELD)).stream()
                .filter(row -> !row.isOpened())
                .map(RequestRow::request)
                .map(request -> request.requestId())
                .filter(id -> config.runId().map(id::equals).orElse(true))
                .findFirst();
    }

    /** Lets a run proceed; false if it would have continued, or was over, without that. */
    boolean proceeds(String runId) {
        boolean stored = host.claims().changeThread(store, threadId, "Command.proceed()", row -> decided(row, runId));
        host.signals().signal(threadId, ThreadSignals.Event.AT_REST);
        return stored;
    }

    /** Whether something was stored; empty if the thread has to be read again. */
    private Optional<Boolean> decided(Optional<ThreadRecord> row, String runId) {
        ThreadRecord thread = row.filter(one -> runId.equals(one.head().runId()))
                .orElseThrow(() ->
                        refused(Reason.REPLACED, "run '" + runId + "' is not the newest of thread '" + threadId + "'"));
        if (spec != null) {
            BoundThread.require(thread, spec);
        }
        Optional<ThreadStatus> judged = host.claims().judge(store, thread);
        boolean isLeaving = thread.lease() == null && host.activations().of(threadId, runId) != null;
        if (judged.isEmpty() || isLeaving) {
            // An activation that has written its end, and not left, would give its end to those that wait for the run.
            return Optional.empty();
        }
        ThreadStatus status = judged.get();
        if (status == ThreadStatus.RUNNING || status == ThreadStatus.SLEEPING) {
            throw host.claims().busy(thread);
        }
        if (status == ThreadStatus.UNDONE) {
            throw refused(
                    Reason.UNDONE,
                    "what run '" + runId + "' of thread '" + threadId + "' had done was undone; enqueue a new run");
        }
        if (status == ThreadStatus.CANCELLED) {
            throw refused(
                    Reason.CANCELLED,
                    "run '" + runId + "' of thread '" + threadId + "' was cancelled; enqueue a new run");
        }
        boolean continuesHere = note != null && host.settings().executes();
        if (status != ThreadStatus.IDLE && !thread.isQueued() && !continuesHere) {
            throw new RequestRefusedException("run '" + runId + "' of thread '" + threadId + "' is " + status
                    + " and in no queue, so no worker continues it; use invoke(Command.proceed(), config)");
        }
        return switch (status) {
            case IDLE -> unchanged(thread, runId);
            case CRASHED, ANSWERED -> retried(thread, runId);
            case INTERRUPTED -> paused(thread, runId);
            default -> written(thread, stored(thread, runId), claimed(status));
        };
    }

    /** Nothing is to be stored but the request, if there is one. It ends at once if the run rests. */
    private Optional<Boolean> unchanged(ThreadRecord thread, String runId) {
        if (note == null) {
            return Optional.of(false);
        }
        Write only = new Write(null, List.of(), null, List.of(), thread.head(), true).with(record(runId));
        return Optional.of(false)
                .filter(made -> host.claims().forWrite(store, threadId, thread.workflow(), thread, only));
    }

    /** The run continues without that, unless no worker takes it any more. */
    private Optional<Boolean> retried(ThreadRecord thread, String runId) {
        return store.queue().retry(threadId, runId, record(runId)) ? Optional.of(true) : unchanged(thread, runId);
    }

    private @Nullable RequestRecord record(String runId) {
        return NotedRequests.of(host, store, threadId).record(note, runId, RequestRecord.Kind.PROCEED);
    }

    /** A pause for questions waits for their answers: only one at a breakpoint, or after an edit, is passed. */
    private Optional<Boolean> paused(ThreadRecord thread, String runId) {
        StoredRun stored = stored(thread, runId);
        boolean asks = !stored.log().pendingQuestions().isEmpty();
        if (asks && stored.log().pendingBreakpoints().isEmpty()) {
            return unchanged(thread, runId);
        }
        return written(
                thread,
                stored,
                LoggedBreakpoint.passed(stored, host.settings().time().micros()));
    }

    /** The claims of a stuck run are counted anew. */
    private List<LogEntry> claimed(ThreadStatus status) {
        return status == ThreadStatus.STUCK
                ? List.of(new LogEntry.Claimed("", host.settings().time().micros(), 0))
                : List.of();
    }

    private StoredRun stored(ThreadRecord thread, String runId) {
        return StoredRun.head(store, host.settings().codec(), thread, runId);
    }

    private Optional<Boolean> written(ThreadRecord thread, StoredRun stored, List<? extends LogEntry> passed) {
        List<LogEntry> entries = new ArrayList<>(stored.waiting());
        entries.addAll(passed);
        String runId = stored.run().runId();
        Write write = new Write(
                runId,
                stored.records(entries),
                stored.run().with(ThreadStatus.RUNNING, null),
                List.of(),
                new Head(ThreadStatus.ANSWERED, runId, thread.head().checkpointId(), null, 0),
                true,
                stored.waitingFor(),
                record(runId));
        return Optional.of(true)
                .filter(made -> host.claims().forWrite(store, threadId, thread.workflow(), thread, write));
    }

    private static RequestRefusedException refused(Reason reason, String why) {
        return new RequestRefusedException(reason, why);
    }
}
