package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryChildMemoryTest extends ChildMemorySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
