package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryAnswerCheckTest extends AnswerCheckSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
