package dev.clew.checkpoint;

import java.time.Duration;

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
 */
public record ClaimRequest(
        String threadId, String workflow, String owner, long expectedEpoch, Duration lease, boolean takeOver) {}
