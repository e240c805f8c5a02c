package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryWatchTest extends WatchSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
