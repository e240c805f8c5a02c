package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryStreamModesTest extends StreamModesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
