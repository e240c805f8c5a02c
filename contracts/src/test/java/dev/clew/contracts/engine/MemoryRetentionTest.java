package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryRetentionTest extends RetentionSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
