package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryRetryTest extends RetrySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
