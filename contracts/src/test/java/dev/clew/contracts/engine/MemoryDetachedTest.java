package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryDetachedTest extends DetachedSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
