package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryStepLimitTest extends StepLimitSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
