package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemorySleepsTest extends SleepsSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
