package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryPendingTest extends PendingSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
