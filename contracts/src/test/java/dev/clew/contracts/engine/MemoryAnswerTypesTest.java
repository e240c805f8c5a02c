package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryAnswerTypesTest extends AnswerTypesSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
