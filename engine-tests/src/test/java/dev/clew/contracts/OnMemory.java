package dev.clew.contracts;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.store.MemoryShelves;
import dev.clew.store.Shelf;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;

/** Runs a suite over the memory of the runtime. */
public interface OnMemory extends OnStores {
    /** How many results the cache keeps. */
    int ENTRIES = 1_000;

    @Override
    default Stores openStores(Path folder, Clock clock) {
        return new MemoryStores(
                Checkpointer.inMemory(clock), TaskCache.inMemory(ENTRIES, clock), MemoryShelves.shelf(), clock);
    }

    /** The places. */
    record MemoryStores(Checkpointer checkpointer, TaskCache cache, Shelf shelf, Clock clock) implements Stores {
        @Override
        public Store documents(StoreOptions options) {
            return Store.on(shelf, options, clock);
        }

        @Override
        public void close() {}
    }
}
