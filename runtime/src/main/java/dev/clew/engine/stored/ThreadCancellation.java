package dev.clew.engine.stored;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.state.ThreadStatus;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a thread's run that is not executing in this graph: asks its owner, or writes the end of a run that rests.
 *
 * @param onlyRun the run that is meant; null for whichever is the newest
 * @param isMeant asked after the thread was read, so that what it says holds for the thread as it is cancelled
 */
public record ThreadCancellation(
        Checkpointer store,
        Claims claims,
        Predicate<String> isWorkflow,
        String threadId,
        @Nullable String onlyRun,
        BooleanSupplier isMeant) {
    /** What there was to cancel. */
    public enum Outcome {
        NOTHING,
        ASKED,
        DONE
    }

    public Outcome cancel() {
        return claims.changeThread(
                store,
                threadId,
                "a cancellation",
                row -> row.filter(thread -> isWorkflow.test(thread.workflow()))
                        .map(this::cancel)
                        .orElse(Optional.of(Outcome.NOTHING)));
    }

    private Optional<Outcome> cancel(ThreadRecord thread) {
        return claims.judge(store, thread).flatMap(status -> cancel(thread, status));
    }

    /** Whether the thread's owner executes a queued run of which nothing is stored yet, as in EXIT mode. */
    private boolean isExecuted(ThreadRecord thread, String runId) {
        Lease lease = thread.lease();
        return lease != null
                && store.queue()
                        .find(threadId, runId)
                        .filter(row -> row.isOpened() && lease.owner().equals(row.owner()))
                        .isPresent();
    }

    /** Whether the run is over: what the thread's owner executes then is a newer one, of which EXIT mode has stored nothing yet. */
    private boolean isLeftBehind(ThreadRecord thread) {
        return onlyRun != null
                && onlyRun.equals(thread.head().runId())
                && thread.head().status().isOver();
    }

    /** A run that is being undone comes to its end. */
    private boolean isUndone(ThreadRecord thread) {
        String runId = thread.head().runId();
        ThreadStatus stored = thread.head().status();
        if (runId == null || stored == ThreadStatus.RUNNING || stored.isOver()) {
            return false;
        }
        return stored == ThreadStatus.UNDOING || StoredEffects.isUndoing(store, thread.threadId(), runId);
    }

    private Optional<Outcome> cancel(ThreadRecord thread, ThreadStatus status) {
        boolean isOther = onlyRun != null && !onlyRun.equals(thread.head().runId()) && !isExecuted(thread, onlyRun);
        if (isOther || isLeftBehind(thread) || !isMeant.getAsBoolean()) {
            return Optional.of(Outcome.NOTHING);
        }
        if (isUndone(thread)) {
            return Optional.of(Outcome.NOTHING);
        }
        if (status == ThreadStatus.RUNNING) {
            return Optional.of(Outcome.ASKED).filter(asked -> store.requestCancel(threadId, thread.epoch()));
        }
        Optional<Write> write = status.isOver() ? Optional.empty() : claims.cancellation(store, thread);
        if (write.isEmpty()) {
            return Optional.of(Outcome.NOTHING);
        }
        return Optional.of(Outcome.DONE)
                .filter(done -> claims.forWrite(store, threadId, thread.workflow(), thread, write.get()));
    }
}
