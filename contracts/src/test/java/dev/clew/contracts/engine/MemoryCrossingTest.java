package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryCrossingTest extends CrossingSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
