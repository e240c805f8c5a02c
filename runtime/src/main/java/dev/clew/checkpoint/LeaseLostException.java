package dev.clew.checkpoint;

import java.time.Duration;

/**
 * A write or a run was stopped because another process owns the thread by now, or may own it soon. Nothing of the write is stored.
 *
 * <pre>{@code
 * catch (LeaseLostException e) {
 *   // another process took the run over; ask it, or watch the thread's state
 * }
 * }</pre>
 */
public final class LeaseLostException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException(Claim claim) {
        super("the claim of thread '" + claim.threadId() + "' with epoch " + claim.epoch()
                + " is lost: another owner has the thread, or it was deleted; nothing was written");
    }

    /** A claim that could not be renewed in time, so that another process may own the thread soon. */
    public LeaseLostException(Claim claim, Duration unrenewed) {
        super("the claim of thread '" + claim.threadId() + "' could not be renewed for " + unrenewed
                + ", so another process may own it soon; the run stopped and is recoverable");
    }
}
