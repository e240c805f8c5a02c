package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryChildrenTest extends ChildrenSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
