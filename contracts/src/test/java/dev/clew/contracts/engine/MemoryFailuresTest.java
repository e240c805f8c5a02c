package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryFailuresTest extends FailuresSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
