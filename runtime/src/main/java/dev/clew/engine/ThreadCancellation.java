package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.checkpoint.Write;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a thread's run that is not executing in this graph: asks its owner, or writes it down where it rests.
 *
 * @param onlyRun the run that is meant; null for whichever is the newest
 */
record ThreadCancellation(
        Checkpointer store,
        Claims claims,
        Predicate<String> isWorkflow,
        String threadId,
        @Nullable String onlyRun) {
    private static final int ATTEMPTS = 100;

    /** What there was to cancel. */
    enum Outcome {
        NOTHING,
        ASKED,
        DONE
    }

    Outcome cancel() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ThreadRecord> row = store.thread(threadId);
            if (row.isEmpty() || !isWorkflow.test(row.get().workflow())) {
                return Outcome.NOTHING;
            }
            Optional<ThreadStatus> status = claims.judge(store, row.get());
            Outcome outcome = status.isEmpty() ? null : cancel(row.get(), status.get());
            if (outcome != null) {
                return outcome;
            }
        }
        return Outcome.NOTHING;
    }

    /** Null where the thread changed in between. */
    private @Nullable Outcome cancel(ThreadRecord thread, ThreadStatus status) {
        if (onlyRun != null && !onlyRun.equals(thread.head().runId())) {
            return Outcome.NOTHING;
        }
        if (status == ThreadStatus.RUNNING) {
            return store.requestCancel(threadId, thread.epoch()) ? Outcome.ASKED : null;
        }
        Optional<Write> write = status.isOver() ? Optional.empty() : claims.cancellation(store, thread);
        if (write.isEmpty()) {
            return Outcome.NOTHING;
        }
        return claims.forWrite(store, threadId, thread.workflow(), thread, write.get()) ? Outcome.DONE : null;
    }
}
