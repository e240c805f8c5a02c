package dev.clew.server.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What an event stream consists of, taken frame by frame as fast as the client reads: a slow client holds up nobody, and
 * needs no memory.
 *
 * <pre>{@code
 * byte[] frame = frames.next();
 * if (frame == null && !frames.isOver()) {
 *   frames.onMore(this::write);
 * }
 * }</pre>
 */
public interface Frames {
    /** The next frame; null if there is none now. */
    byte @Nullable [] next();

    /** Whether no more frames come after those that were taken. */
    boolean isOver();

    /** Has this called once, on any thread, when there is something to take or the stream is over: at once if it is so now. */
    void onMore(Runnable reader);

    /** The client left, or all was read. Nothing more is taken. */
    void close();
}
