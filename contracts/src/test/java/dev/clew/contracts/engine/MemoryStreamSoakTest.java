package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryStreamSoakTest extends StreamSoakSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
