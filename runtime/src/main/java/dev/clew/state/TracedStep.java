package dev.clew.state;

import dev.clew.task.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a {@link RunTrace}: how far it is, each attempt that is recorded, and why it ran more than once. It has no values;
 * {@link dev.clew.Operator#events} has them, from {@link #valueSeq} and {@link #questionSeq} on. Immutable.
 *
 * <pre>{@code
 * step.reruns().forEach(rerun -> System.out.println(rerun.cause() + " at " + rerun.at()));
 * }</pre>
 *
 * @param state how far it is
 * @param since when it began, as far as the log knows
 * @param questionSeq the place in the log of what was asked; -1 if it is no question
 * @param valueSeq the place in the log of its result or answer; -1 if there is none
 * @param tries the attempts that ended, the oldest first; empty if nothing of the step was executed
 * @param reruns why it ran again, the oldest first
 */
public record TracedStep(
        StepState state, Instant since, long questionSeq, long valueSeq, List<Try> tries, List<Rerun> reruns) {
    public TracedStep {
        tries = List.copyOf(tries);
        reruns = List.copyOf(reruns);
    }

    /**
     * An attempt that ended.
     *
     * @param startedAt when it began; null if that is not known
     * @param endedAt when its end was recorded
     * @param failure why it failed; null if it did not
     * @param nextAt when the next attempt is due; null if none follows
     */
    public record Try(
            @Nullable Instant startedAt,
            Instant endedAt,
            @Nullable Failure failure,
            @Nullable Instant nextAt) {}

    /**
     * Something that made a step run again.
     *
     * @param cause what it was
     * @param at when it happened
     */
    public record Rerun(Cause cause, Instant at) {}

    /** What makes a step run again. */
    public enum Cause {
        /** An attempt failed, and the step is retried. */
        RETRIED,
        /** The scope that called it failed, and the scope is retried. */
        SCOPE_RETRIED,
        /**
         * Its process died. The step had no recorded result then, and may have been executed in part. It is not told of a
         * process that died after it took an answer and before it recorded anything else.
         */
        RECOVERED,
        /** The run had failed, or could not continue, and a caller let it proceed. */
        PROCEEDED,
        /** The body asks with another content than before, so the earlier answer does not count. */
        ASKED_ANEW
    }

    @Override
    public String toString() {
        return "TracedStep[" + state.path() + ", " + state.status() + ", " + reruns + "]";
    }
}
