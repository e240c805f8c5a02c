package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryReplayTest extends ReplaySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
