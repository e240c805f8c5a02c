package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryAnswerSchemaTest extends AnswerSchemaSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
