package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryPreviousTest extends PreviousSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
