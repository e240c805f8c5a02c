package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryCancellationTest extends CancellationSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
