package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryEngineErrorTest extends EngineErrorSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
