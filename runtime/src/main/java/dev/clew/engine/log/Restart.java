package dev.clew.engine.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a new attempt of a failed scope forgets, and from which call on it need not repeat what is recorded.
 *
 * <pre>{@code
 * Restart restart = log.scope(path).restart();
 * journal.append(new LogEntry.Restarted(path, now, attempt, restart.dropped(), restart.advisoryFrom()));
 * }</pre>
 *
 * @param dropped ordinals of the steps that run again
 * @param advisoryFrom calls from this ordinal on are advisory; {@link LogEntry.Restarted#NONE_ADVISORY} if none is
 */
public record Restart(List<Integer> dropped, int advisoryFrom) {
    /** Decides it for one scope. */
    static final class Plan {
        private final ScopeLog scope;
        private final ObservedFailures failures;

        Plan(ScopeLog scope, ObservedFailures failures) {
            this.scope = scope;
            this.failures = failures;
        }

        /** With the failures that caused the scope's; if they are not known, the trailing ones are forgotten. */
        Restart made(List<Integer> causes) {
            List<Integer> trailing = trailing();
            List<Integer> failed = causes.stream().filter(this::isFailure).toList();
            TreeSet<Integer> dropped = new TreeSet<>(failed.isEmpty() ? trailing : failed);
            Integer first = failures.first(List.copyOf(dropped));
            int advisoryFrom = first == null ? Integer.MAX_VALUE : failures.callsBefore(first);
            for (int failure : trailing) {
                // It came while the first dropped one was handled, or nobody saw it, and nothing was built on it.
                if (failure < advisoryFrom && !failures.isBefore(failure, first)) {
                    dropped.add(failure);
                }
            }
            if (!dropped.isEmpty()) {
                ended(dropped, first);
            }
            boolean advises = advisoryFrom < scope.end();
            return new Restart(List.copyOf(dropped), advises ? advisoryFrom : LogEntry.Restarted.NONE_ADVISORY);
        }

        private boolean isFailure(int ordinal) {
            StepLog step = scope.at(ordinal);
            return step != null && step.isFailure();
        }

        /** The failures that no call came after, except of failures. */
        private List<Integer> trailing() {
            int surviving = scope.end();
            while (surviving > 0 && !survives(surviving - 1)) {
                surviving--;
            }
            List<Integer> trailing = new ArrayList<>();
            for (int i = 0; i < scope.end(); i++) {
                if (isFailure(i) && failures.callsBefore(i) >= surviving) {
                    trailing.add(i);
                }
            }
            return trailing;
        }

        private boolean survives(int ordinal) {
            StepLog step = scope.at(ordinal);
            return step != null && !step.isFailure();
        }

        /**
         * What was cancelled because of a dropped failure runs again too. So does the limit of a join that ended in time: the
         * step that was joined may be one that runs again.
         */
        private void ended(Set<Integer> dropped, @Nullable Integer first) {
            long firstOutcome = dropped.stream()
                    .mapToLong(ordinal -> outcomeSeq(ordinal))
                    .min()
                    .orElse(Long.MAX_VALUE);
            for (int i = 0; i < scope.end(); i++) {
                StepLog step = scope.at(i);
                if (step == null || step.status() != StepLog.Status.CANCELLED) {
                    continue;
                }
                boolean limit = StepPath.isJoinLimit(step.path()) && step.outcomeSeq() > firstOutcome;
                if (limit || first != null && failures.isSeenBy(first, step.outcomeSeq())) {
                    dropped.add(i);
                }
            }
        }

        private long outcomeSeq(int ordinal) {
            StepLog step = scope.at(ordinal);
            return step == null ? Long.MAX_VALUE : step.outcomeSeq();
        }
    }
}
