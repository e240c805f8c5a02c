package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryStreamReplayTest extends StreamReplaySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
