package dev.clew.checkpoint;

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
 * @param epoch rises with every claim; a claim names the epoch it was decided on
 * @param lease who owns it, or null where nobody does
 * @param cancelRequested whether somebody asked an owner to cancel the run, and it is not over
 * @param answersWait whether answers wait for the head run, which its owner has not taken into the log
 * @param createdAt when the thread first ran, by the store's clock
 * @param updatedAt when the row last changed, by the store's clock
 */
public record ThreadRecord(
        String threadId,
        String workflow,
        Head head,
        long epoch,
        @Nullable Lease lease,
        boolean cancelRequested,
        boolean answersWait,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What the thread is doing: its head's status, or {@link ThreadStatus#CRASHED} if that is RUNNING and there is no lease
     * or it has expired. Every store's {@link Checkpointer#threads} filters by exactly this.
     */
    public ThreadStatus status() {
        boolean ownerGone = lease == null || lease.expired();
        return head.status() == ThreadStatus.RUNNING && ownerGone ? ThreadStatus.CRASHED : head.status();
    }
}
