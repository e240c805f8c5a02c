package dev.clew.agents;

import org.jspecify.annotations.Nullable;

/**
 * How far a run of an agent is: a component of its state, which each input sets back.
 *
 * @param from how many messages there were when the model was first asked; -1 before that
 * @param modelCalls how often it was asked
 * @param end how the run ended; null while it runs
 */
record RunProgress(int from, int modelCalls, @Nullable End end) {
    static final RunProgress START = new RunProgress(-1, 0, null);

    boolean isStart() {
        return from < 0;
    }

    RunProgress asked(int messages) {
        return new RunProgress(begun(messages).from, modelCalls + 1, null);
    }

    RunProgress begun(int messages) {
        return new RunProgress(isStart() ? messages : from, modelCalls, null);
    }

    RunProgress ended(End how) {
        return new RunProgress(from, modelCalls, how);
    }
}
