package dev.clew.contracts.lab;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.value.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A cache that can be watched, and made to fail or to distort what it gives. */
public final class Faulty implements TaskCache {
    private final TaskCache inner;
    private final AtomicInteger gets = new AtomicInteger();
    private final List<byte[]> stored = new CopyOnWriteArrayList<>();
    private final List<CacheKey> keys = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<byte[]> distortion = UnaryOperator.identity();
    private volatile boolean broken;

    public Faulty(TaskCache inner) {
        this.inner = inner;
    }

    /** Makes every call fail. */
    public Faulty broken() {
        broken = true;
        return this;
    }

    /** Changes entries when they are read. */
    public void distort(UnaryOperator<byte[]> by) {
        distortion = by;
    }

    public int gets() {
        return gets.get();
    }

    /** Every entry that was put. */
    public List<byte[]> stored() {
        return stored;
    }

    public List<CacheKey> keys() {
        return keys;
    }

    private void check() {
        if (broken) {
            throw new StorageException("the cache is out of order");
        }
    }

    @Override
    public Optional<byte[]> get(CacheKey key) {
        gets.incrementAndGet();
        check();
        return inner.get(key).map(distortion);
    }

    @Override
    public void put(CacheKey key, byte[] entry, Duration timeToLive) {
        check();
        keys.add(key);
        stored.add(entry);
        inner.put(key, entry, timeToLive);
    }

    @Override
    public void clear(String declaringClass, String signature) {
        inner.clear(declaringClass, signature);
    }

    @Override
    public void clear() {
        inner.clear();
    }
}
