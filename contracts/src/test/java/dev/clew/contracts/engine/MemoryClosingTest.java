package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryClosingTest extends ClosingSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
