package dev.clew.engine.answer;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.request.BoundThread;
import dev.clew.engine.stored.StoredRun;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores that what a thread's newest run has done is to be undone. The thread is ANSWERED then, as after an answer: whoever
 * continues the run undoes it, here or in another process.
 */
public record StoredUndo(RunningHost host, Checkpointer store, WorkflowSpec<?, ?> spec, String threadId) {

    /**
     * Decides it, once: a run that is being undone, or was, stays as it is.
     *
     * @return the run's id
     * @throws RequestRefusedException if the run executes, can still go on, or has completed; nothing is stored
     */
    public String decide(RunConfig config) {
        String runId = host.claims().changeThread(store, threadId, "Command.undo()", row -> decided(row, config));
        host.signals().signal(threadId, ThreadSignals.Event.AT_REST);
        return runId;
    }

    /** The run's id; empty if the thread has to be read again. */
    private Optional<String> decided(Optional<ThreadRecord> row, RunConfig config) {
        ThreadRecord thread = row.orElseThrow(() -> refused(Reason.NEVER_RAN, "it never ran"));
        BoundThread.require(thread, spec);
        String runId = thread.head().runId();
        if (runId == null) {
            throw refused(Reason.NEVER_RAN, "it has no run");
        }
        config.runId().filter(named -> !named.equals(runId)).ifPresent(named -> {
            throw refused(Reason.REPLACED, "run '" + named + "' is not its newest");
        });
        Optional<ThreadStatus> judged = host.claims().judge(store, thread);
        boolean isLeaving = thread.lease() == null && host.activations().of(threadId, runId) != null;
        return judged.isEmpty() || isLeaving ? Optional.empty() : decided(thread, runId, judged.get());
    }

    private Optional<String> decided(ThreadRecord thread, String runId, ThreadStatus status) {
        if (status == ThreadStatus.UNDONE || thread.head().status() == ThreadStatus.UNDOING) {
            return Optional.of(runId);
        }
        if (status == ThreadStatus.IDLE) {
            throw refused(Reason.INVALID, "its last run has completed, so there is nothing to undo");
        }
        boolean executes = status.isExecuting();
        StoredRun stored =
                executes ? null : StoredRun.head(store, host.settings().codec(), thread, runId);
        boolean isUndoing = stored != null && stored.log().isUndoing();
        return switch (status) {
            case FAILED, STUCK, BLOCKED, CANCELLED ->
                written(thread, java.util.Objects.requireNonNull(stored), !isUndoing, status);
            case INTERRUPTED ->
                isUndoing
                        ? Optional.of(runId)
                        : written(thread, java.util.Objects.requireNonNull(stored), true, status);
            default -> {
                if (!isUndoing) {
                    throw canContinue(thread, status);
                }
                yield Optional.of(runId);
            }
        };
    }

    private Optional<String> written(ThreadRecord thread, StoredRun stored, boolean begins, ThreadStatus before) {
        long now = host.settings().time().micros();
        List<LogEntry> entries = new ArrayList<>(stored.waiting());
        if (before == ThreadStatus.STUCK) {
            entries.add(new LogEntry.Claimed(StepPath.ROOT, now, 0));
        }
        if (begins) {
            entries.add(new LogEntry.Undoing(StepPath.ROOT, now, LogEntry.UndoCause.COMMAND));
        }
        String runId = stored.run().runId();
        Write write = new Write(
                runId,
                stored.records(entries),
                stored.run().with(ThreadStatus.RUNNING, null),
                List.of(),
                new Head(ThreadStatus.ANSWERED, runId, thread.head().checkpointId(), null, 0),
                true,
                stored.waitingFor());
        return Optional.of(runId)
                .filter(made -> host.claims().forWrite(store, threadId, thread.workflow(), thread, write));
    }

    private RuntimeException canContinue(ThreadRecord thread, ThreadStatus status) {
        return status == ThreadStatus.CRASHED || status == ThreadStatus.ANSWERED
                ? refused(
                        Reason.INVALID,
                        "its run is " + status + ", so it can go on; recover() or Command.proceed() continues it, and"
                                + " cancel(thread, OnCancel.UNDO) ends and undoes it")
                : host.claims().busy(thread);
    }

    private RequestRefusedException refused(Reason reason, String why) {
        return new RequestRefusedException(
                reason, "thread '" + threadId + "', workflow '" + spec.name() + "' cannot be undone: " + why);
    }
}
