package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryOwnershipTest extends OwnershipSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
