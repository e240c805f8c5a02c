package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryProceedTest extends ProceedSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
