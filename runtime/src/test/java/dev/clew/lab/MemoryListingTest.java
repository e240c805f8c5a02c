package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryListingTest extends ListingSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
