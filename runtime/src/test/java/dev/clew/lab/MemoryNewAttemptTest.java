package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryNewAttemptTest extends NewAttemptSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
