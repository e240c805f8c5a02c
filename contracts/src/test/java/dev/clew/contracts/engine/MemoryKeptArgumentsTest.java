package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryKeptArgumentsTest extends KeptArgumentsSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
