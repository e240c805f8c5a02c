package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryHistoryTest extends HistorySuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
