package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryReadBackTest extends ReadBackSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
