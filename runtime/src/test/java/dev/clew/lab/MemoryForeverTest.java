package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryForeverTest extends ForeverSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
