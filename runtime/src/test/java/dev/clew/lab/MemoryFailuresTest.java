package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryFailuresTest extends FailuresSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
