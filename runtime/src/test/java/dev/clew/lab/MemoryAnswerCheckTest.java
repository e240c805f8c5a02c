package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryAnswerCheckTest extends AnswerCheckSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
