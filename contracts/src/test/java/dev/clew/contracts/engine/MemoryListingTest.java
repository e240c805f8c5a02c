package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryListingTest extends ListingSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
