package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryTimersTest extends TimersSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
