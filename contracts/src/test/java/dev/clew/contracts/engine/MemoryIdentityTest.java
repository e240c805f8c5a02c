package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryIdentityTest extends IdentitySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
