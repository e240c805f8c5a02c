package dev.clew.contracts.engine;

import dev.clew.cache.TaskCache;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.contracts.lab.Storage;
import dev.clew.flow.RunConfig;
import dev.clew.spi.TaskSpec;
import dev.clew.task.CachePolicy;
import java.util.function.UnaryOperator;

/** What the suites about the task cache share. */
public abstract class CacheFixture extends EngineSuite {
    protected static final RunConfig OTHER = RunConfig.thread("other");

    protected static final UnaryOperator<TaskSpec.Builder<String>> CACHED = task -> task.cache(CachePolicy.of("1"));

    /** What the cache must judge expiry by. */
    protected final MutableClock clock = new MutableClock();

    /** A fresh, empty cache. */
    protected final TaskCache newCache() throws Exception {
        return newStores(clock).cache();
    }

    /** A laboratory over a fresh store and a fresh cache. */
    protected Lab lab(Storage storage) throws Exception {
        return lab(storage, newCache());
    }

    protected Lab lab(Storage storage, TaskCache cache) throws Exception {
        Lab lab = opened(new Lab(storage == Storage.NONE ? null : newStore(), storage.durability()));
        return lab.options(graph -> graph.cache(cache));
    }
}
