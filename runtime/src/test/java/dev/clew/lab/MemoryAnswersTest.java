package dev.clew.lab;

import dev.clew.checkpoint.Checkpointer;

class MemoryAnswersTest extends AnswersSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
