package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryTimeoutTest extends TimeoutSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
