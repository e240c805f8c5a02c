package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryTimeTravelTest extends TimeTravelSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
