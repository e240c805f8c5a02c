package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryClosingTest extends ClosingSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
