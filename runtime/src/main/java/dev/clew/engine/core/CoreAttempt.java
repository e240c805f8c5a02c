package dev.clew.engine.core;

import org.jspecify.annotations.Nullable;

/** One attempt of a step, as the core knows it. The run's lock guards what is not final. */
public abstract class CoreAttempt {
    private final CoreStep step;
    private volatile boolean live = true;
    private boolean permit;

    /** How many answers had come to the run when it began. */
    private int answers;

    protected CoreAttempt(CoreStep step) {
        this.step = step;
    }

    public final CoreStep coreStep() {
        return step;
    }

    /** The scope that it runs; null for a leaf. */
    public abstract @Nullable CoreScope coreScope();

    /** Whether it has neither ended nor been abandoned. Any thread may ask. */
    public final boolean isLive() {
        return live;
    }

    final void die() {
        live = false;
    }

    final int answersBefore() {
        return answers;
    }

    final void beganAfter(int answersBefore) {
        answers = answersBefore;
    }

    public final boolean hasPermit() {
        return permit;
    }

    final void permit(boolean has) {
        permit = has;
    }
}
