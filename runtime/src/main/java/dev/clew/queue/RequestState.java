package dev.clew.queue;

/**
 * What a queue knows of a request.
 *
 * <pre>{@code
 * boolean isTaken = row.state() == RequestState.TAKEN;
 * }</pre>
 */
public enum RequestState {
    /** It is due later. It joins its thread's line then. */
    DELAYED,
    /** A worker may take it. */
    READY,
    /** It waits in its thread's line: an older request, or the thread's run, comes first. */
    WAITING,
    /** A worker has it: it is about to be opened, or its run executes. */
    TAKEN,
    /** Its run sleeps, or waits for answers, and needs no worker meanwhile. */
    PARKED,
    /** No worker takes it: its run is blocked or stuck, or it cannot be opened. A person has to look. */
    HELD,
    /** It was refused when its turn came. */
    REFUSED,
    /** It was cancelled before it was opened. */
    CANCELLED;

    /** Whether the request is over, so that nothing waits behind it. */
    public boolean isOver() {
        return this == REFUSED || this == CANCELLED;
    }
}
