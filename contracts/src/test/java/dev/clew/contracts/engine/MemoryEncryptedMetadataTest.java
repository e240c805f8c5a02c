package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryEncryptedMetadataTest extends EncryptedMetadataSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
