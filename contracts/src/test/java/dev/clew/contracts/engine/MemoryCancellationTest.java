package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryCancellationTest extends CancellationSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
