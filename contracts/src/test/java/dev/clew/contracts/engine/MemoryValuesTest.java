package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryValuesTest extends ValuesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
