package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryClassLoaderTest extends ClassLoaderSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
