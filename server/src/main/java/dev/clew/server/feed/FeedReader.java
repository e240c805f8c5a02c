package dev.clew.server.feed;

import org.jspecify.annotations.Nullable;

/**
 * One who reads events, at their own pace.
 *
 * <pre>{@code
 * for (FeedEntry entry = reader.next(); entry != null; entry = reader.next()) {
 *   write(entry);
 * }
 * }</pre>
 */
public interface FeedReader extends AutoCloseable {
    /** The next event; null if there is none now. */
    @Nullable
    FeedEntry next();

    /** Whether nothing more comes. */
    boolean isOver();

    /** Has this called once, on any thread, when there may be more to read: at once if there is now. */
    void onMore(Runnable reader);

    /** The large frames that this reader shares with others. */
    SharedFrames shared();

    /** Ends the reading. */
    @Override
    void close();
}
