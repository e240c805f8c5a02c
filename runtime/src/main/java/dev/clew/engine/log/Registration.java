package dev.clew.engine.log;

import dev.clew.effect.EffectNotes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A step that is to be undone if its run is: it was called, or has begun what must not happen twice.
 *
 * @param number which list of arguments it was called with, from 1
 * @param seq where the log says that it began
 */
public record Registration(StepLog step, ScopeLog scope, int number, long seq) {
    /** All of a run, in the order in which they began; children in its log, and what failed attempts have called, included. */
    public static List<Registration> all(RunLog log) {
        List<Registration> all = new ArrayList<>();
        collect(log.root().openScope(), all);
        all.sort(Comparator.comparingLong(Registration::seq));
        return List.copyOf(all);
    }

    private static void collect(ScopeLog around, List<Registration> all) {
        for (StepLog step : around.everything()) {
            ScopeLog scope = step.scope();
            if (scope != null) {
                ofStep(step, scope, all);
                collect(scope, all);
            }
        }
    }

    private static void ofStep(StepLog step, ScopeLog scope, List<Registration> all) {
        int newest = scope.registrations();
        boolean isOnce = scope.effectAttempts() > 0;
        for (int number = isOnce ? newest : 1; number >= 1 && number <= newest; number++) {
            if (!isOnce || scope.mayHaveActed()) {
                all.add(new Registration(step, scope, number, seq(scope, isOnce ? 1 : number)));
            }
        }
    }

    private static long seq(ScopeLog scope, int number) {
        return Objects.requireNonNull(scope.note(EffectNotes.CALLED + number)).seq();
    }

    /** What is recorded of its success: of the step, or of the attempt in it; empty if nothing is. */
    public Optional<StepLog> success() {
        if (number < scope.registrations()) {
            return Optional.empty();
        } else if (step.status() == StepLog.Status.SUCCEEDED) {
            return Optional.of(step);
        }
        return scope.everything().stream()
                .filter(inner -> StepPath.name(inner.path()).equals(EffectNotes.ATTEMPT))
                .filter(inner -> inner.status() == StepLog.Status.SUCCEEDED && inner.outcomeSeq() > seq)
                .max(Comparator.comparingLong(StepLog::outcomeSeq));
    }

    /** Whether it has begun a {@code ONCE} body whose outcome is unknown. */
    public boolean isUnknown() {
        return scope.effectAttempts() > 0 && success().isEmpty();
    }
}
