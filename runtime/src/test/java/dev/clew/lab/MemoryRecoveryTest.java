package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryRecoveryTest extends RecoverySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
