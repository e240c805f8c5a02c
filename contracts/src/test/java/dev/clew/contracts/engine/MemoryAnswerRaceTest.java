package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;

class MemoryAnswerRaceTest extends AnswerRaceSuite {
    @Override
    protected Checkpointer newStore() {
        return Checkpointer.inMemory();
    }
}
