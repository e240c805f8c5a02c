package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryStreamReadersTest extends StreamReadersSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
