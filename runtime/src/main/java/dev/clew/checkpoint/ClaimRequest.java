package dev.clew.checkpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wish to own a thread, decided on a row that was read before.
 *
 * <pre>{@code
 * new ClaimRequest("essay-1", "EssayFlow.write", ownerId, 0, Duration.ofSeconds(30), false)
 * }</pre>
 *
 * @param threadId which thread
 * @param workflow the workflow that the thread is bound to from now on, whether it is new or not
 * @param owner who asks
 * @param expectedEpoch the epoch of the row that was read, 0 where there was none
 * @param lease how long the claim holds without renewal
 * @param takeOver whether a lease that has not run out may be taken: its owner is known to be gone
 * @param request the request of a queue that the claim opens or continues: it succeeds only while that is reserved for the
 *     owner; null for a claim without one
 * @param opens the run that a claim without a request opens: it fails while a request of that id waits; null for a run that
 *     is there
 * @param deployment the deployment of the owner; null for one without a name
 * @param rolledBack the row that a cancelled run of the thread has from now on; its log, checkpoints and waiting answers are
 *     deleted with the claim; null for none
 */
public record ClaimRequest(
        String threadId,
        String workflow,
        String owner,
        long expectedEpoch,
        Duration lease,
        boolean takeOver,
        @Nullable String request,
        @Nullable String opens,
        @Nullable String deployment,
        @Nullable RunRecord rolledBack) {

    /** A claim without a request of a queue. */
    public ClaimRequest(
            String threadId, String workflow, String owner, long expectedEpoch, Duration lease, boolean takeOver) {
        this(threadId, workflow, owner, expectedEpoch, lease, takeOver, null);
    }

    /** A claim of a deployment without a name. */
    public ClaimRequest(
            String threadId,
            String workflow,
            String owner,
            long expectedEpoch,
            Duration lease,
            boolean takeOver,
            @Nullable String request) {
        this(threadId, workflow, owner, expectedEpoch, lease, takeOver, request, null, null, null);
    }
}
