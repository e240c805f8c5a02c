package dev.clew.engine;

import java.util.ArrayList;
import java.util.List;

/** Ends steps before their time, with everything below them: by a cancel, or because they were outrun. */
final class Cancellations {
    private final Session session;
    private final StepRunner runner;

    Cancellations(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /** Cancels a step for a scope; false where it has another outcome. */
    boolean cancel(Step step, Frame by) {
        List<Attempt> abandoned = new ArrayList<>();
        Journal.Placed placed = runner.outcomes().cancelled(step, () -> {
            cancelBelow(step, abandoned);
            abandon(step, abandoned);
            session.core().settle(step, new Outcome.Cancelled());
        });
        if (placed == null) {
            by.await(List.of(step), false);
            return step.outcome instanceof Outcome.Cancelled;
        }
        abandoned.forEach(session.permits()::release);
        runner.cached().leftSettled();
        session.journal().await(placed);
        return true;
    }

    /** Ends steps that were outrun in a scope that failed; the log says nothing of it. */
    void discard(List<Step> losers) {
        List<Attempt> abandoned = new ArrayList<>();
        session.locked(() -> losers.forEach(loser -> endUnrecorded(loser, abandoned)));
        abandoned.forEach(session.permits()::release);
        runner.cached().leftSettled();
    }

    private void endUnrecorded(Step step, List<Attempt> abandoned) {
        if (step.state() == StepState.PARKED) {
            cancelBelow(step, abandoned);
        } else if (!step.atRest() && !step.placed()) {
            step.place(Long.MAX_VALUE - 1);
            cancelBelow(step, abandoned);
            abandon(step, abandoned);
            session.core().discard(step);
        }
    }

    private void abandon(Step step, List<Attempt> abandoned) {
        Attempt attempt = step.attempt;
        if (attempt != null && attempt.live) {
            runner.attempts().abandon(attempt);
            abandoned.add(attempt);
        }
        if (step.alarm != null) {
            step.alarm.cancel(false);
        }
    }

    private void cancelBelow(Step step, List<Attempt> abandoned) {
        Attempt attempt = step.attempt;
        if (attempt == null || attempt.frame() == null) {
            return;
        }
        if (attempt.live) {
            List.copyOf(attempt.frame().open()).forEach(below -> endUnrecorded(below, abandoned));
        }
        session.leftovers().takeBelow(step.path()).forEach(below -> endUnrecorded(below, abandoned));
    }
}
