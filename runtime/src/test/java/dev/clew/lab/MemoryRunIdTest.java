package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryRunIdTest extends RunIdSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
