package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryFuturesTest extends FuturesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
