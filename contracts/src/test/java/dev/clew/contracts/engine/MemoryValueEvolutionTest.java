package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryValueEvolutionTest extends ValueEvolutionSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
