package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryNonDeterminismTest extends NonDeterminismSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
