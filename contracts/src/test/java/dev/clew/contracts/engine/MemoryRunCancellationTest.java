package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryRunCancellationTest extends RunCancellationSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
