package dev.clew.queue;

/**
 * What becomes of a request that is enqueued while its thread is busy: it has a run that is not over, or other requests.
 *
 * <pre>{@code
 * queue.enqueue(request, WhenOccupied.WAIT);
 * }</pre>
 */
public enum WhenOccupied {
    /** It waits in the thread's line. */
    WAIT,
    /** It is not added. */
    REFUSE,
    /** It cancels the thread's run, and all requests that have joined the line, and is the next. */
    INTERRUPT,
    /** As {@link #INTERRUPT}; and if that run ends cancelled, the thread goes back to where it was before it. */
    ROLLBACK
}
