package dev.clew.contracts.engine;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;

class MemoryFlightTest extends FlightSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }

    @Override
    protected TaskCache newCache() {
        return TaskCache.inMemory(1_000, clock);
    }
}
