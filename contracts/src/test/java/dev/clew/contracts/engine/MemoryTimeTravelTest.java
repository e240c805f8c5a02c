package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryTimeTravelTest extends TimeTravelSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
