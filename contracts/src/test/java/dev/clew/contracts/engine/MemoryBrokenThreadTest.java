package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryBrokenThreadTest extends BrokenThreadSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
