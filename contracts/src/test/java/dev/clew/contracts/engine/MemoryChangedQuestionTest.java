package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryChangedQuestionTest extends ChangedQuestionSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
