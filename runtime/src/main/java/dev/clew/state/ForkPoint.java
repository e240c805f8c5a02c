package dev.clew.state;

import dev.clew.value.IllegalRequestException;

/**
 * Where in a run's log a fork begins to differ: everything that reached the log before this point is kept, in the order
 * in which it got there, as if the run's process had crashed at that moment. Immutable.
 *
 * <pre>{@code
 * RunConfig branch = write.fork(thread, ForkPoint.before("task:revise#1"));
 * RunResult<Essay> other = write.invoke(Command.proceed(), branch);
 * }</pre>
 *
 * @param step the step's path, as {@link StepState#path()} gives it
 * @param afterwards whether the step's outcome is kept
 */
public record ForkPoint(String step, boolean afterwards) {
    public ForkPoint {
        if (step.isBlank()) {
            throw new IllegalRequestException("a fork point needs the path of a step, such as task:revise#1");
        }
    }

    /** Behind the step's outcome: the step is not run again. */
    public static ForkPoint after(String step) {
        return new ForkPoint(step, true);
    }

    /** {@link #after(String)} of this step. */
    public static ForkPoint after(StepState step) {
        return after(step.path());
    }

    /** Ahead of whatever was recorded of the step: it runs again, or is asked again. */
    public static ForkPoint before(String step) {
        return new ForkPoint(step, false);
    }

    /** {@link #before(String)} of this step. */
    public static ForkPoint before(StepState step) {
        return before(step.path());
    }
}
