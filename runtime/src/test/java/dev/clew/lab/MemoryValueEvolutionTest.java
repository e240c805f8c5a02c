package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryValueEvolutionTest extends ValueEvolutionSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
