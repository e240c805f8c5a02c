package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryOnceTest extends OnceSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
