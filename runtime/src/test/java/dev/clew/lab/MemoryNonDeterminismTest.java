package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryNonDeterminismTest extends NonDeterminismSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
