package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryDeterministicSourcesTest extends DeterministicSourcesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
