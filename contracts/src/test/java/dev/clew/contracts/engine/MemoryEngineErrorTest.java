package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryEngineErrorTest extends EngineErrorSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
