package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryNewAttemptTest extends NewAttemptSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
