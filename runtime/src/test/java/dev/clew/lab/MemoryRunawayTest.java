package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryRunawayTest extends RunawaySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
