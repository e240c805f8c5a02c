package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryRunningAnswerTest extends RunningAnswerSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
