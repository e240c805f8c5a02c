package dev.clew.flow;

import dev.clew.task.Failure;
import dev.clew.value.ClewException;
import org.jspecify.annotations.Nullable;

/**
 * A run failed: its body threw, with its retries exhausted. What finished is recorded; {@code Command.proceed()} makes
 * a new attempt that repeats none of it.
 *
 * <p>The cause is what the body threw, where that happened in this call; else it is missing and {@link #failure()}
 * tells.
 *
 * <pre>{@code
 * try {
 *   write.invoke("rain", thread);
 * } catch (WorkflowFailedException e) {
 *   fix(e.failure());
 *   write.invoke(Command.proceed(), thread);
 * }
 * }</pre>
 */
public final class WorkflowFailedException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    public WorkflowFailedException(String where, Failure failure, @Nullable Throwable cause) {
        super(
                where + " failed: " + failure.type() + (failure.message() == null ? "" : ": " + failure.message())
                        + "; what finished is recorded, Command.proceed() makes a new attempt",
                cause);
        this.failure = failure;
    }

    /** What was recorded of the failure. */
    public Failure failure() {
        return failure;
    }
}
