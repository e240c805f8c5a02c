package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryFormerNamesTest extends FormerNamesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
