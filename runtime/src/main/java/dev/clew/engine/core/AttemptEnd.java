package dev.clew.engine.core;

import org.jspecify.annotations.Nullable;

/** What the end of an attempt's code means. A pure decision. */
public sealed interface AttemptEnd {
    /**
     * Its scope is sealed, or it threw the signal that unwinds it: it has no outcome, however it ended.
     *
     * @param swallowed whether its code threw something of its own in place of the signal
     */
    record Unwound(Suspension by, boolean swallowed) implements AttemptEnd {}

    /** It returned a value. */
    record Returned() implements AttemptEnd {}

    /** It threw an error that is no outcome: the run stops. */
    record Crashed(Throwable error) implements AttemptEnd {}

    /** It failed with this. */
    record Failed(Throwable thrown) implements AttemptEnd {}

    /**
     * Says what the end of an attempt's code means.
     *
     * @param thrown what left the code; null if it returned
     */
    static AttemptEnd of(CoreAttempt attempt, @Nullable Throwable thrown) {
        CoreScope scope = attempt.coreScope();
        Suspension seal = scope == null ? null : scope.seal();
        if (seal == null && thrown instanceof Suspension raised) {
            seal = raised;
        }
        if (seal != null) {
            return new Unwound(seal, thrown != null && !(thrown instanceof Suspension));
        } else if (thrown == null) {
            return new Returned();
        }
        return thrown instanceof Error && !(thrown instanceof AssertionError)
                ? new Crashed(thrown)
                : new Failed(thrown);
    }

    /** What follows a failed attempt. */
    enum Next {
        /** Nothing: the step has its outcome. */
        NOTHING,
        /** A further attempt. */
        RETRY,
        /** The step fails. */
        FAILURE,
        /** The run fails. */
        RUN_FAILURE;

        /**
         * Says what follows a failed attempt of a step.
         *
         * @param made how many attempts of the step have failed
         * @param most how many attempts are made if they fail so; 0 if such a failure is not retried
         */
        static Next of(CoreStep step, int made, int most) {
            if (step.isPlaced()) {
                return NOTHING;
            } else if (made < most) {
                return RETRY;
            }
            return step.isRoot() ? RUN_FAILURE : FAILURE;
        }
    }
}
