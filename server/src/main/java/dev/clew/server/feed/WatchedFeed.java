package dev.clew.server.feed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A feed, and when its log is looked at next. */
final class WatchedFeed {
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** One that somebody asked for just now is about to be read. */
    private static final long ASKED_NANOS = TimeUnit.SECONDS.toNanos(1);

    final RunFeed feed;
    final AtomicBoolean looking = new AtomicBoolean();
    volatile boolean again;
    volatile long pause = Feeds.SHORTEST_MILLIS;
    volatile boolean here;
    volatile boolean announced;
    volatile long used = System.nanoTime();
    volatile long tapeNews = System.nanoTime();
    volatile long tapeRead;

    WatchedFeed(RunFeed feed) {
        this.feed = feed;
    }

    boolean isUnread(long now) {
        return !feed.isHeard() && !here && now - used > ASKED_NANOS;
    }

    /** Each tenth of a second while something comes, else each second. */
    boolean isTapeDue() {
        long now = System.nanoTime();
        return now - tapeNews < BUSY_NANOS || now - tapeRead >= BUSY_NANOS;
    }

    void tapeRead(boolean news) {
        tapeRead = System.nanoTime();
        tapeNews = news ? tapeRead : tapeNews;
    }
}
