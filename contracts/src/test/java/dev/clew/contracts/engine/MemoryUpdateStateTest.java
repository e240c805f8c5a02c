package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryUpdateStateTest extends UpdateStateSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
