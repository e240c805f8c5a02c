package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryRecoveryTest extends RecoverySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
