package dev.clew.server.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads all runs of a thread, one after the other, also those to come. */
final class ThreadReader implements FeedReader {
    private final Feeds feeds;
    private final String threadId;
    private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
    private final Runnable wake = this::wake;
    private final Runnable newRun = this::newRun;
    private final AtomicBoolean runsChanged = new AtomicBoolean(true);
    private volatile boolean over;

    // Used by one thread at a time.
    private long position;
    private @Nullable RunFeed current;
    private List<String> known = new ArrayList<>();

    ThreadReader(Feeds feeds, String threadId, long after) {
        this.feeds = feeds;
        this.threadId = threadId;
        this.position = after;
        feeds.awaits(threadId, newRun);
    }

    @Override
    public @Nullable FeedEntry next() {
        while (!over) {
            RunFeed feed = current;
            FeedEntry entry = feed == null ? null : feed.after(position);
            if (entry != null) {
                position = entry.position();
                return entry;
            }
            if (!advance()) {
                return null;
            }
        }
        return null;
    }

    /** Goes on to the next run, if the present one rests and there is another. */
    private boolean advance() {
        RunFeed feed = current;
        if (runsChanged.getAndSet(false) || known.isEmpty()) {
            known = feeds.runs(threadId);
        }
        int index = feed == null ? -1 : known.indexOf(feed.runId());
        if (feed != null && (index < 0 || index + 1 >= known.size() || feed.end() == null)) {
            return false;
        }
        for (int i = index + 1; i < known.size(); i++) {
            RunFeed following = feeds.feed(threadId, known.get(i));
            if (following == null) {
                return false;
            }
            if (i + 1 < known.size() && FeedPosition.run(position) > following.number()) {
                continue;
            }
            follow(following);
            return true;
        }
        return false;
    }

    private void follow(RunFeed following) {
        RunFeed before = current;
        if (before != null) {
            before.forget(wake);
        }
        current = following;
        following.listen(wake);
        feeds.lookAt(following);
    }

    @Override
    public SharedFrames shared() {
        return feeds.shared();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void onMore(Runnable reader) {
        waiting.set(reader);
        RunFeed feed = current;
        boolean more = over || runsChanged.get() || feed != null && feed.after(position) != null;
        if (more) {
            wake();
        }
    }

    private void newRun() {
        runsChanged.set(true);
        wake();
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
        feeds.leaves(threadId, newRun);
        RunFeed feed = current;
        if (feed != null) {
            feed.forget(wake);
        }
        wake();
    }
}
