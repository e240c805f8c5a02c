package dev.clew.server.feed;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Large frames, which are made once and read by many: each reader of a thread writes the same bytes. It keeps the newest, up to
 * a bound; who comes later has its own made. Thread-safe.
 *
 * <pre>{@code
 * byte[] frame = shared.frame(entry, "values", () -> SseFrame.of("values", values, id));
 * }</pre>
 */
public final class SharedFrames {
    /** An entry itself, not one that is equal, and which of its frames. */
    private static final class Key {
        private final FeedEntry entry;
        private final String what;

        Key(FeedEntry entry, String what) {
            this.entry = entry;
            this.what = what;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // an equal entry may be of a thread that was deleted
        public boolean equals(Object other) {
            return other instanceof Key key && key.entry == entry && key.what.equals(what);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(entry) * 31 + what.hashCode();
        }
    }

    private final long mostBytes;
    private final Map<Key, byte[]> frames = new ConcurrentHashMap<>();
    private final Queue<Key> order = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** @param mostBytes how many bytes are kept, beside those of one frame */
    public SharedFrames(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * A frame, which is made if it is not there.
     *
     * @param entry what it tells of: this very entry, because a thread may be deleted and made anew
     * @param what which of its frames it is, the same for the same bytes
     */
    public byte[] frame(FeedEntry entry, String what, Supplier<byte[]> made) {
        Key key = new Key(entry, what);
        byte[] known = frames.get(key);
        if (known != null) {
            return known;
        }
        // Whoever comes first makes it while the others wait: all together would need the memory that is to be saved.
        byte[] frame = frames.computeIfAbsent(key, absent -> {
            byte[] fresh = made.get();
            order.add(absent);
            bytes.addAndGet(fresh.length);
            return fresh;
        });
        evict(key);
        return frame;
    }

    private void evict(Key newest) {
        while (bytes.get() > mostBytes) {
            Key oldest = order.poll();
            if (oldest == null) {
                return;
            }
            if (oldest.equals(newest)) {
                order.add(oldest);
                if (frames.size() == 1) {
                    return;
                }
                continue;
            }
            byte[] gone = frames.remove(oldest);
            if (gone != null) {
                bytes.addAndGet(-gone.length);
            }
        }
    }

    /** How many bytes are kept. */
    long kept() {
        return bytes.get();
    }
}
