package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryTimersTest extends TimersSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
