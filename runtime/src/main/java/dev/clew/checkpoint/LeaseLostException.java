package dev.clew.checkpoint;

/**
 * A write or a run was stopped because somebody else owns the thread by now. Nothing of the write is stored.
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
}
