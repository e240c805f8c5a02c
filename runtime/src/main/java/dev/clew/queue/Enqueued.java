package dev.clew.queue;

/**
 * What became of an attempt to enqueue a request.
 *
 * <pre>{@code
 * if (queue.enqueue(request, false) == Enqueued.BUSY) throw busy();
 * }</pre>
 */
public enum Enqueued {
    /** It was added, durably. */
    ADDED,
    /** The thread had a request of this id already; nothing was changed. */
    KNOWN,
    /** The thread has a run of this id already; nothing was changed. */
    RAN,
    /** It would have had to wait, and must not; nothing was changed. */
    BUSY
}
