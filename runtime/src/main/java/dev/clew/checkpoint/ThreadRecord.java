package dev.clew.checkpoint;

import dev.clew.state.ThreadStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A thread's row as it was read.
 *
 * <pre>{@code
 * ThreadRecord record = checkpointer.thread("essay-1").orElseThrow();
 * }</pre>
 *
 * @param threadId the thread's name
 * @param workflow the stored name of the workflow that the thread is bound to
 * @param head what its newest run is doing
 * @param runs the greatest number that a stored run of the thread has had; 0 if there was none. It never falls
 * @param epoch rises with every claim; a claim names the epoch it was decided on
 * @param lease who owns it, or null where nobody does
 * @param cancelRequested whether somebody asked an owner to cancel the run, and it is not over
 * @param answersWait whether answers wait for the head run, which its owner has not taken into the log
 * @param isQueued whether the head run has a request of a queue, so that a worker continues it
 * @param createdAt when the thread first ran, by the store's clock
 * @param updatedAt when the row last changed, by the store's clock
 */
public record ThreadRecord(
        String threadId,
        String workflow,
        Head head,
        int runs,
        long epoch,
        @Nullable Lease lease,
        boolean cancelRequested,
        boolean answersWait,
        boolean isQueued,
        Instant createdAt,
        Instant updatedAt) {

    /** Returns the number that the next run of a thread gets; null stands for a thread that has no row. */
    public static int nextRun(@Nullable ThreadRecord thread) {
        return thread == null ? 1 : thread.runs() + 1;
    }

    /**
     * What the thread is doing. That is its head's status, unless there is no lease or it has expired: then a thread that is
     * RUNNING, UNDOING, INTERRUPTED or SLEEPING is {@link ThreadStatus#ANSWERED} if answers wait, and else one that is RUNNING
     * or UNDOING is {@link ThreadStatus#CRASHED}. Every store's {@link Checkpointer#threads} filters by exactly this.
     */
    public ThreadStatus status() {
        ThreadStatus stored = head.status();
        boolean ownerGone = lease == null || lease.expired();
        if (ownerGone && answersWait && canBeAnswered(stored)) {
            return ThreadStatus.ANSWERED;
        }
        return ownerGone && stored.isExecuting() ? ThreadStatus.CRASHED : stored;
    }

    /** Whether a run that is stored so shows as ANSWERED if answers wait for it and nobody executes it. */
    private static boolean canBeAnswered(ThreadStatus stored) {
        return stored.isExecuting() || stored == ThreadStatus.INTERRUPTED || stored == ThreadStatus.SLEEPING;
    }
}
