package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryListenerTest extends ListenerSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
