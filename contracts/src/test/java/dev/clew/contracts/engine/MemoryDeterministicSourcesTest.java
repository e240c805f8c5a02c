package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryDeterministicSourcesTest extends DeterministicSourcesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
