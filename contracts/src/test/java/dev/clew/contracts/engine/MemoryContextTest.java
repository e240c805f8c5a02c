package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryContextTest extends ContextSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
