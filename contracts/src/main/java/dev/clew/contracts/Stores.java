package dev.clew.contracts;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;

/** One place that keeps threads, cached results and documents, as an adapter offers it. A test closes it at its end. */
public interface Stores extends AutoCloseable {
    /** The checkpointer: the same one on each call. */
    Checkpointer checkpointer();

    /** The cache of task results: the same one on each call. */
    TaskCache cache();

    /** A store on the documents of this place: another object on each call. */
    Store documents(StoreOptions options);

    @Override
    void close();
}
