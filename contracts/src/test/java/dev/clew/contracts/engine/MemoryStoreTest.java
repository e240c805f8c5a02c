package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.store.Store;

class MemoryStoreTest extends StoreSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }

    @Override
    protected Store newDocuments() {
        return Store.inMemory();
    }
}
