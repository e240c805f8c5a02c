package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryNestedInvokeTest extends NestedInvokeSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
