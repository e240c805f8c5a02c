package dev.clew.index;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What runs tell and no log has, such as the tokens of a model, for the processes that do not execute them: a part of the
 * persistence port, which {@code Checkpointer.tape()} gives. The process that executes a run appends pieces; whoever watches
 * the run reads them after the last one it knows.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Order.</b> A piece gets a greater number than all pieces that its run ever had. It is read by every process once
 *       the call that appended it has returned.
 *   <li><b>Nothing is promised to last.</b> A piece may be lost with the power. Of a run, the oldest pieces go when all have more
 *       than {@link #MOST_BYTES}; the newest stays, however large it is. All of a run's pieces go {@link #KEPT} after its newest one.
 *   <li><b>Removal.</b> Pieces go with their run, and all of a thread's with the thread. A thread that is not stored gets none. A
 *       thread's copy has none.
 * </ul>
 *
 * <p>All methods may be called from any thread. A broken store throws {@link dev.clew.checkpoint.CheckpointException}.
 *
 * <pre>{@code
 * checkpointer.tape().append("chat-1", 3, tokens);
 * List<TapePiece> news = checkpointer.tape().read(List.of(new TapePlace("chat-1", 3, known)), 100);
 * }</pre>
 */
public interface Tape {
    /** How long the pieces of a run are kept after its newest one. */
    Duration KEPT = Duration.ofHours(1);

    /** How many bytes the pieces of a run have at most, all together. */
    long MOST_BYTES = 16L << 20;

    /**
     * Appends a piece.
     *
     * @param run the number of the run in its thread
     * @param bytes opaque
     * @return false, with nothing stored, if the thread is not stored
     */
    boolean append(String threadId, int run, byte[] bytes);

    /**
     * The pieces after these places, of each run in their order.
     *
     * @param limit how many at most; if there are as many, there may be more
     */
    List<TapePiece> read(Collection<TapePlace> after, int limit);

    /** The newest piece of a run; empty if it has none. */
    Optional<TapePiece> newest(String threadId, int run);

    /**
     * Forgets the runs whose time is over.
     *
     * @return how many pieces were removed
     */
    int tidy();
}
