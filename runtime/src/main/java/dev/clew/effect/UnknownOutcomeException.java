package dev.clew.effect;

import dev.clew.task.Failure;
import dev.clew.task.TaskFailedException;
import dev.clew.value.ClewException;

/**
 * The effect of a {@code ONCE} step may have happened, and the run is not stored, so no person can be asked. The step fails with
 * it; what the body threw is the cause. Do not read it as "nothing was done".
 *
 * <pre>{@code
 * catch (TaskFailedException failed) {
 *     if (UnknownOutcomeException.isIn(failed.failure())) { … ask the bank … }
 * }
 * }</pre>
 */
public final class UnknownOutcomeException extends ClewException {
    private static final long serialVersionUID = 1L;

    private UnknownOutcomeException(String message, TaskFailedException cause) {
        super(message, cause);
    }

    static UnknownOutcomeException of(String step, TaskFailedException failed) {
        return new UnknownOutcomeException(
                "it is unknown whether step '" + step + "' has acted: " + failed.getMessage()
                        + ". Its run is not stored, so no person can be asked; give the graph a checkpointer",
                failed);
    }

    /** Whether a failure, or one of its causes, is one of these: then nothing may stand in for what failed. */
    public static boolean isIn(Failure failure) {
        for (Failure each = failure; each != null; each = each.cause()) {
            if (each.is(UnknownOutcomeException.class)) {
                return true;
            }
        }
        return false;
    }
}
