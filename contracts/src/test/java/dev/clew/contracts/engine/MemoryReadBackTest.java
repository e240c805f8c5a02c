package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryReadBackTest extends ReadBackSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
