package dev.clew.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.core.AttemptEnd.Next;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptEndTest {
    private final Step step = new Step(CoreStep.Kind.SCOPE);
    private final Attempt attempt = new Attempt(step);

    @Test
    void whatLeavesTheCodeDecidesIfTheScopeIsNotSealed() {
        Error error = new StackOverflowError();
        Throwable failure = new AssertionError("wrong");
        Suspension signal = Suspension.parked();

        assertThat(AttemptEnd.of(attempt, null)).isEqualTo(new AttemptEnd.Returned());
        assertThat(AttemptEnd.of(attempt, error)).isEqualTo(new AttemptEnd.Crashed(error));
        assertThat(AttemptEnd.of(attempt, failure)).isEqualTo(new AttemptEnd.Failed(failure));
        assertThat(AttemptEnd.of(attempt, signal)).isEqualTo(new AttemptEnd.Unwound(signal, false));
    }

    @Test
    void aSealedScopeIsUnwoundHoweverItsCodeEnds() {
        Suspension seal = new Suspension(Suspension.Reason.MISMATCH, null);
        attempt.scope.seal(seal);

        assertThat(AttemptEnd.of(attempt, null)).isEqualTo(new AttemptEnd.Unwound(seal, false));
        assertThat(AttemptEnd.of(attempt, new StackOverflowError())).isEqualTo(new AttemptEnd.Unwound(seal, true));
        assertThat(AttemptEnd.of(attempt, Suspension.parked())).isEqualTo(new AttemptEnd.Unwound(seal, false));
    }

    @Test
    void aFailureIsRetriedUntilAllAttemptsAreMade() {
        assertThat(Next.of(step, 1, 3)).isEqualTo(Next.RETRY);
        assertThat(Next.of(step, 3, 3)).isEqualTo(Next.FAILURE);
        assertThat(Next.of(step, 1, 0)).isEqualTo(Next.FAILURE);
        assertThat(Next.of(new Step(CoreStep.Kind.ROOT), 1, 0)).isEqualTo(Next.RUN_FAILURE);
    }

    @Test
    void nothingFollowsAFailureIfTheStepHasItsOutcome() {
        step.place(7, 0);

        assertThat(Next.of(step, 1, 3)).isEqualTo(Next.NOTHING);
    }

    private static final class Step extends CoreStep {
        Step(Kind kind) {
            super("task:t#1", 0, 1, kind);
        }
    }

    private static final class Attempt extends CoreAttempt {
        private final Scope scope;

        Attempt(Step step) {
            super(step);
            scope = new Scope(step);
        }

        @Override
        public @Nullable CoreScope coreScope() {
            return scope;
        }
    }

    private static final class Scope extends CoreScope {
        Scope(Step step) {
            super(step);
        }
    }
}
