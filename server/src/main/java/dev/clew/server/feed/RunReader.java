package dev.clew.server.feed;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads one run until the request rests that it is read for. */
final class RunReader implements FeedReader {
    private final RunFeed feed;
    private final String requestId;
    private final SharedFrames shared;
    private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
    private final Runnable wake = this::wake;

    // Used by one thread at a time.
    private long position;
    private volatile boolean over;

    /** @param look has the feed looked at */
    RunReader(RunFeed feed, String requestId, long after, SharedFrames shared, Runnable look) {
        this.feed = feed;
        this.requestId = requestId;
        this.position = after;
        this.shared = shared;
        feed.listen(wake);
        look.run();
    }

    @Override
    public @Nullable FeedEntry next() {
        if (over) {
            return null;
        }
        FeedEntry entry = feed.after(position);
        if (entry != null) {
            position = entry.position();
            if (entry.event() instanceof FeedEvent.Rested rested && isFor(rested)) {
                over = true;
            }
        } else if (feed.isDone(requestId) && feed.after(position) == null) {
            over = true;
        }
        return entry;
    }

    /** An earlier request of the same run is not what is read for; one that nobody knows is. */
    private boolean isFor(FeedEvent.Rested rested) {
        return rested.requestId().equals(requestId)
                || !feed.knows(requestId)
                || feed.isAfter(rested.requestId(), requestId);
    }

    @Override
    public SharedFrames shared() {
        return shared;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void onMore(Runnable reader) {
        waiting.set(reader);
        if (over || feed.after(position) != null) {
            wake();
        }
    }

    private void wake() {
        Runnable reader = waiting.getAndSet(null);
        if (reader != null) {
            reader.run();
        }
    }

    @Override
    public void close() {
        over = true;
        feed.forget(wake);
        wake();
    }
}
