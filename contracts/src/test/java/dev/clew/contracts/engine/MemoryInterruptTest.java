package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryInterruptTest extends InterruptSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
