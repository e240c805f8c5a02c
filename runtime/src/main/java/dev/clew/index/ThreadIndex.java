package dev.clew.index;

import java.util.List;
import java.util.Optional;

/**
 * The threads of a checkpointer with what was attached to them, also before they run: a part of the persistence port, which
 * {@code Checkpointer.threadIndex()} gives.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Complete.</b> After {@link #open} every thread of the store has an entry: those that were there get one then,
 *       created when they first ran, and each new one gets one in the transaction of its first claim, in whatever process
 *       that is. Such an entry has empty metadata.
 *   <li><b>Facts.</b> What a thread is doing is read from its row and its requests, in one query with the entry.
 *   <li><b>Deletion.</b> A thread's deletion removes its entry in the same transaction, also if it never ran.
 *   <li><b>Durability.</b> What these methods changed survives power loss when they return.
 * </ul>
 *
 * <p>All methods may be called from any thread. A broken store throws {@link dev.clew.checkpoint.CheckpointException}.
 *
 * <pre>{@code
 * ThreadIndex index = checkpointer.threadIndex();
 * index.open();
 * boolean isNew = index.create(info);
 * }</pre>
 */
public interface ThreadIndex {
    /** Begins to keep the index, for good. Repeating it costs one query. */
    void open();

    /**
     * Adds a thread that never ran.
     *
     * @return false, with nothing changed, if there is a thread or an entry of this id
     */
    boolean create(ThreadInfo info);

    /**
     * Replaces what was attached to a thread.
     *
     * @param revision of the row that was read
     * @return false, with nothing changed, if the entry has another revision by now, or is gone
     */
    boolean replace(ThreadInfo info, long revision);

    /** A thread, temporary or not; empty if there is none of this id. */
    Optional<ThreadRow> find(String threadId);

    /** The threads that match, in the order that the search names. */
    List<ThreadRow> search(ThreadSearch search);

    /**
     * How many threads match, whatever the search's offset and limit.
     *
     * @param atMost counting stops there
     */
    long count(ThreadSearch search, long atMost);
}
