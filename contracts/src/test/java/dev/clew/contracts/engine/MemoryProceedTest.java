package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryProceedTest extends ProceedSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
