package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryPendingTest extends PendingSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
