package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryStreamReplayTest extends StreamReplaySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
