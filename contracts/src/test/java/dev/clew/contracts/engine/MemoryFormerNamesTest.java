package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryFormerNamesTest extends FormerNamesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
