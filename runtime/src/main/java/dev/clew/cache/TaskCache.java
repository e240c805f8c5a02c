package dev.clew.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps results of tasks across runs, threads and, where the implementation does, processes: the cache port.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Misses.</b> A key that was never put, has expired, was cleared, or was dropped to make room is a miss, never
 *       an error. An entry expires its time to live after it was put, by the cache's own clock; being read does not
 *       prolong it.
 *   <li><b>Overwriting.</b> A put replaces what was there, its expiry included. What was put is seen by every {@link
 *       #get} that begins later.
 *   <li><b>Tasks.</b> Clearing a task drops its entries of all versions, and no other task's.
 *   <li><b>Bytes</b> are stored as given, copied, and never looked into. They carry a checksum and are protected by the
 *       codec before they come here: the engine takes a damaged or foreign entry for a miss.
 *   <li><b>Failure.</b> A broken cache throws {@link dev.clew.value.StorageException}. The engine logs it and runs the task
 *       as if nothing was cached, so a cache needs no durability and no retries.
 *   <li><b>Threads.</b> All methods may be called from any thread at any time. They may block for as long as the cache
 *       needs; no scope waits in them unless it joins the task.
 * </ul>
 *
 * <pre>{@code
 * var graph = EssayFlowGraph.builder(flow).cache(TaskCache.inMemory()).build();
 * }</pre>
 */
public interface TaskCache {
    /** A cache in this process's memory, which keeps the 10,000 entries that were used last. */
    static TaskCache inMemory() {
        return inMemory(10_000, Clock.systemUTC());
    }

    /**
     * A cache in this process's memory.
     *
     * @param entries how many it keeps; beyond that, the one that was used the longest ago is dropped
     * @param clock what expiry is judged by
     */
    static TaskCache inMemory(int entries, Clock clock) {
        return new MemoryTaskCache(entries, clock);
    }

    /** The entry of a key; empty for a miss. */
    Optional<byte[]> get(CacheKey key);

    /** Keeps an entry for a time, or for ever where that is null. */
    void put(CacheKey key, byte[] entry, @Nullable Duration timeToLive);

    /** Drops the entries of one task. */
    void clear(String declaringClass, String signature);

    /**
     * Drops the entries of all tasks whose version is one of these: what runs about an {@linkplain dev.clew.Graph#erase erased} subject
     * have put is kept under versions of its own. A cache that cannot look for versions drops every entry, which is what this one does.
     *
     * @return how many entries were dropped, if the cache knows; else 0
     */
    default int clearVersions(Predicate<String> isDropped) {
        clear();
        return 0;
    }

    /** Drops every entry, whoever put it. */
    void clear();
}
