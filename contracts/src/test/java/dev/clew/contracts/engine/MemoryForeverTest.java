package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryForeverTest extends ForeverSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
