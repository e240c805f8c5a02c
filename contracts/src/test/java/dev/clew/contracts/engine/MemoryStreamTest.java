package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryStreamTest extends StreamSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
