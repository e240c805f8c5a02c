package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemorySuspensionTest extends SuspensionSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
