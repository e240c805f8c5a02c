package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryChildMemoryTest extends ChildMemorySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
