package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryRunawayTest extends RunawaySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
