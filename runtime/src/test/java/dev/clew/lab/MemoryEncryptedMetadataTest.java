package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryEncryptedMetadataTest extends EncryptedMetadataSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
