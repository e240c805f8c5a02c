package dev.clew.engine;

import java.util.List;

/** Ends steps before their time, with everything below them: by a cancel, or because they were outrun. */
final class Cancellations {
    private final Session session;
    private final StepRunner runner;

    Cancellations(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** Cancels a step for a scope; false if it has another outcome. */
    boolean cancel(Step step, Frame by) {
        Journal.Placed placed =
                runner.outcomes().cancelled(step, () -> session.core().cancel(step));
        if (placed == null) {
            by.await(List.of(step), false);
            return step.outcome() instanceof Outcome.Cancelled;
        }
        runner.cached().leftSettled();
        session.journal().await(placed);
        return true;
    }

    /** Ends the steps that were outrun in a scope that failed; the log says nothing of it. */
    void discardLosers(Frame scope) {
        session.locked(() -> session.core().discardLosers(scope));
        runner.cached().leftSettled();
    }
}
