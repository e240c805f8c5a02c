package dev.clew.engine.run;

import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import java.util.List;

/** Ends steps before their time, with everything below them: by a cancel, or because they were outrun. */
public final class Cancellations {
    private final Session session;
    private final StepRunner runner;

    Cancellations(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    /**
     * Cancels a step for a scope; false if it has another outcome. What has begun and must not happen twice runs to its end: it
     * would leave nobody who asks what became of it.
     */
    public boolean cancel(Step step, ScopeAttempt by) {
        Journal.Placed placed = runner.outcomes()
                .cancelled(
                        step,
                        () -> !hasUnsettledEffect(step, by),
                        () -> session.core().cancel(step));
        if (placed == null) {
            by.awaitSettled(step);
            return step.outcome() instanceof Outcome.Cancelled;
        }
        runner.cached().leftSettled();
        session.journal().await(placed);
        return true;
    }

    /** Whether a step below an attempt's has begun what must not happen twice, and has no outcome. Under the lock. */
    static boolean hasUnsettledEffectBelow(Attempt attempt) {
        ScopeAttempt scope = attempt.scopeAttempt();
        return scope != null && scope.log().steps().stream().anyMatch(StepLog::hasUnsettledEffect);
    }

    /** Those of a scope's steps that have begun what must not happen twice, and have no outcome. Under the lock. */
    public static List<Step> unsettled(List<Step> steps, ScopeAttempt scope) {
        return steps.stream().filter(step -> hasUnsettledEffect(step, scope)).toList();
    }

    /** Under the lock. */
    private static boolean hasUnsettledEffect(Step step, ScopeAttempt by) {
        StepLog known = by.log().step(StepPath.lastSegment(step.path()));
        return known != null && known.hasUnsettledEffect();
    }

    /** Ends the steps that were outrun in a scope that failed; the log says nothing of it. */
    public void discardLosers(ScopeAttempt scope) {
        session.locked(() -> {
            scope.called(true).stream()
                    .map(Step.class::cast)
                    .filter(loser -> hasUnsettledEffect(loser, scope))
                    .forEach(loser -> session.core().races().joined(loser));
            session.core().discardLosers(scope);
        });
        runner.cached().leftSettled();
    }
}
