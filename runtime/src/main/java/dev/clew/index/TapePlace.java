package dev.clew.index;

/**
 * How far the tape of a run is known.
 *
 * <pre>{@code
 * List<TapePiece> all = checkpointer.tape().read(List.of(TapePlace.start("chat-1", 3)), 100);
 * }</pre>
 *
 * @param run the number of the run in its thread
 * @param seq of the last piece that is known; 0 if none is
 */
public record TapePlace(String threadId, int run, long seq) {
    /** Before the first piece of a run. */
    public static TapePlace start(String threadId, int run) {
        return new TapePlace(threadId, run, 0);
    }
}
