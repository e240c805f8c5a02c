package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryAnswersTest extends AnswersSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
