package dev.clew.index;

/**
 * A piece of what a run told.
 *
 * <pre>{@code
 * TapePlace place = new TapePlace(piece.threadId(), piece.run(), piece.seq());
 * }</pre>
 *
 * @param run the number of the run in its thread
 * @param seq greater than that of every earlier piece of the run; there are gaps
 * @param bytes as they were given; not copied
 */
public record TapePiece(String threadId, int run, long seq, byte[] bytes) {}
