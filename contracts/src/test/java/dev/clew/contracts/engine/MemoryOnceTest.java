package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryOnceTest extends OnceSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
