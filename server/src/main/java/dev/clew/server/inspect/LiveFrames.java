package dev.clew.server.inspect;

import dev.clew.server.feed.FeedEntry;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.Frames;
import dev.clew.server.wire.SseFrame;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One stream of all that a page shows: that the list of threads changed, that the thread on the page changed, and the tokens of
 * its runs. What changed is not told but read again by the page, so a slow page is told less and misses nothing.
 */
final class LiveFrames implements Frames {
    private final @Nullable FeedReader thread;
    private final Supplier<ObjectNode> facts;
    private final Future<?> ticking;
    private final AtomicBoolean due = new AtomicBoolean(true);
    private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
    private volatile boolean over;

    // Used by one thread at a time.
    private final Queue<byte[]> ready = new ArrayDeque<>();
    private ObjectNode told = Json.object();

    /**
     * Begins to read.
     *
     * @param thread what the runs of the page's thread do; null for none
     * @param facts what is compared each second, by name: a page is told the names of those that changed
     */
    LiveFrames(@Nullable FeedReader thread, Supplier<ObjectNode> facts, ScheduledExecutorService clock) {
        this.thread = thread;
        this.facts = facts;
        this.ticking = clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        due.set(true);
        wake();
    }

    @Override
    public byte @Nullable [] next() {
        if (ready.isEmpty()) {
            read();
        }
        return ready.poll();
    }

    private void read() {
        FeedReader reader = thread;
        boolean changed = false;
        // So much at once that a page that is far behind is not told of each step.
        for (int i = 0; reader != null && i < 1_000 && ready.size() < 100; i++) {
            FeedEntry entry = reader.next();
            if (entry == null) {
                break;
            }
            changed |= !tell(entry.event());
        }
        if (changed) {
            ready.add(SseFrame.of("steps", Json.object(), null));
        }
        if (due.getAndSet(false)) {
            ObjectNode now = facts.get();
            for (String name : now.propertyNames()) {
                if (!now.get(name).equals(told.get(name))) {
                    ready.add(SseFrame.of(name, now.get(name), null));
                }
            }
            told = now;
        }
    }

    /** Tokens, and what code emits, are in no log: they are told here or never. False for what is read again instead. */
    private boolean tell(FeedEvent event) {
        if (event instanceof FeedEvent.Piece piece) {
            ObjectNode token = Json.object();
            token.put("path", piece.path());
            token.put("message", piece.messageId());
            token.put("text", piece.chunk().text());
            ready.add(SseFrame.of("token", token, null));
            return true;
        }
        if (event instanceof FeedEvent.Emitted emitted) {
            ObjectNode one = Json.object();
            one.put("path", emitted.path());
            one.set("value", emitted.value());
            ready.add(SseFrame.of("emitted", one, null));
            return true;
        }
        if (event instanceof FeedEvent.Started started) {
            ready.add(SseFrame.of("started", Json.object().put("path", started.path()), null));
            return false;
        }
        return false;
    }

    @Override
    public boolean isOver() {
        return over && ready.isEmpty();
    }

    @Override
    public void onMore(Runnable reader) {
        waiting.set(reader);
        FeedReader from = thread;
        if (over || due.get()) {
            wake();
        } else if (from != null) {
            from.onMore(this::wake);
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
        boolean unused = ticking.cancel(false);
        FeedReader reader = thread;
        if (reader != null) {
            reader.close();
        }
        wake();
    }
}
