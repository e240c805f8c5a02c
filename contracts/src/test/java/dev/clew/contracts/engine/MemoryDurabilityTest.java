package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryDurabilityTest extends DurabilitySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
