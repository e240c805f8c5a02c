package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryReplayTest extends ReplaySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
