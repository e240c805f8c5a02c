package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryOperatorTest extends OperatorSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
