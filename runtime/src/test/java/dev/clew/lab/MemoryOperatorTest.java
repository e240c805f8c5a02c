package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryOperatorTest extends OperatorSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
