package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryRetryTest extends RetrySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
