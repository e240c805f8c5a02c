package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryRunIdTest extends RunIdSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
