package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryConcurrencyTest extends ConcurrencySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
