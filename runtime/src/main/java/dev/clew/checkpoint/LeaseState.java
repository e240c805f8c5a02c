package dev.clew.checkpoint;

/**
 * What a renewal found.
 *
 * <pre>{@code
 * if (checkpointer.renew(List.of(claim), lease).get(claim) == LeaseState.LOST) run.stop();
 * }</pre>
 */
public enum LeaseState {
    /** The claim holds for another lease. */
    HELD,
    /** The claim holds, and somebody asked to cancel the run. */
    CANCEL_REQUESTED,
    /** The claim holds, nobody asked to cancel the run, and answers wait for the thread's head run. */
    ANSWERS_WAIT,
    /** Somebody else claimed the thread, or it was released or deleted. */
    LOST
}
