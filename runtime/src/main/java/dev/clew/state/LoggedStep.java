package dev.clew.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step with what its log has of it, as plain data (text, number, boolean, list, map): for people who look at a run, and
 * do not have its classes. Immutable, as far as the values in it are.
 *
 * <pre>{@code
 * for (LoggedStep step : operator.log("essay-1")) {
 *   System.out.println(step.state().path() + " " + step.state().status() + " " + step.result());
 * }
 * }</pre>
 *
 * @param state how far it is
 * @param since when it began: {@link StepState#startedAt()}, and if that is not known, when the first entry about it was made
 * @param question what was asked, or null where it is no question
 * @param result what the step gave, or how the question was answered; null where there is nothing yet, or null was given
 */
public record LoggedStep(
        StepState state,
        Instant since,
        @Nullable Object question,
        @Nullable Object result) {
    /** How deep it lies: 0 for a step of the run's body. */
    public int depth() {
        return (int) state.path().chars().filter(c -> c == '/').count();
    }

    /** Returns how long it took, or has taken up to its newest entry, as far as the log knows. */
    public Duration took() {
        return Duration.between(since, state.at());
    }

    @Override
    public String toString() {
        return "LoggedStep[" + state.path() + ", " + state.status() + "]";
    }
}
