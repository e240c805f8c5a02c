package dev.clew.index;

import java.util.List;
import java.util.Optional;

/**
 * The requests that servers got: a part of the persistence port, which {@code Checkpointer.requests()} gives. Each is stored
 * in the transaction of what it asks for: the enqueuing of its run, or the answers or the write that lets a run continue.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Ends.</b> The requests of a run that are under way end in the transaction in which it comes to rest: in a write
 *       that releases its thread while its head says INTERRUPTED, IDLE, FAILED, CANCELLED, BLOCKED or STUCK. A run ends none that
 *       sleeps, was left in the middle, or is INTERRUPTED while answers wait for it. If another run becomes the
 *       thread's newest one, those of the former end as CANCELLED. A request in a queue that ends without having been opened
 *       ends with it.
 *   <li><b>Removal.</b> Requests are removed with their run, and all of a thread's with the thread, also those that wait in
 *       its line; those that were never opened {@link dev.clew.queue.RunQueue#KEPT} after they ended, with the row of the
 *       queue.
 *   <li>A thread's copy has none of them.
 *   <li><b>Erasure.</b> An erased request keeps its place among those of its run, with empty content and digest.
 * </ul>
 *
 * <p>All methods may be called from any thread. A broken store throws {@link dev.clew.checkpoint.CheckpointException}.
 *
 * <pre>{@code
 * List<RequestRecord> newest = checkpointer.requests().list("chat-1", 0, 10);
 * }</pre>
 */
public interface Requests {
    /** A request of a thread; empty if there is none of this id. */
    Optional<RequestRecord> find(String threadId, String requestId);

    /** The request with this id, whatever its thread, the newest if there are several; empty if there is none. */
    Optional<RequestRecord> find(String requestId);

    /**
     * A thread's requests, the newest first.
     *
     * @param offset how many of them to leave out
     * @param limit how many at most
     */
    List<RequestRecord> list(String threadId, int offset, int limit);

    /**
     * Erases, durably, what a request that ended has said: its content and its digest become empty. The row stays until its run is
     * removed, because the order of a run's requests says which part of the log is whose.
     *
     * @return whether there was such a request that had ended
     */
    boolean erase(String threadId, String requestId);
}
