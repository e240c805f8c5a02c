package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryCommandTableTest extends CommandTableSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
