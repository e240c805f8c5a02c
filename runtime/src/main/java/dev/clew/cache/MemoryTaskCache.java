package dev.clew.cache;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.Spans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps entries in a map by least recent use. Its lock guards everything. */
final class MemoryTaskCache implements TaskCache {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CacheKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final Clock clock;

    MemoryTaskCache(int most, Clock clock) {
        if (most < 1) {
            throw new IllegalRequestException("a cache must keep at least 1 entry, not " + most);
        }
        this.most = most;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, copied on the way in and out
    private record Entry(byte[] bytes, Instant expiry) {}

    @Override
    public Optional<byte[]> get(CacheKey key) {
        lock.lock();
        try {
            Entry found = entries.get(key);
            if (found == null) {
                return Optional.empty();
            }
            if (!found.expiry().isAfter(clock.instant())) {
                entries.remove(key);
                return Optional.empty();
            }
            return Optional.of(found.bytes().clone());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(CacheKey key, byte[] entry, @Nullable Duration timeToLive) {
        Entry kept = new Entry(entry.clone(), expiry(timeToLive));
        lock.lock();
        try {
            entries.put(key, kept);
            if (entries.size() > most) {
                entries.remove(entries.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private Instant expiry(@Nullable Duration timeToLive) {
        return timeToLive == null ? Instant.MAX : Spans.after(clock.instant(), timeToLive);
    }

    @Override
    public void clear(String declaringClass, String signature) {
        lock.lock();
        try {
            entries.keySet()
                    .removeIf(key -> key.declaringClass().equals(declaringClass)
                            && key.signature().equals(signature));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int clearVersions(Predicate<String> isDropped) {
        lock.lock();
        try {
            int before = entries.size();
            entries.keySet().removeIf(key -> isDropped.test(key.version()));
            return before - entries.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            entries.clear();
        } finally {
            lock.unlock();
        }
    }
}
