package dev.clew.task;

import dev.clew.value.ClewException;
import org.jspecify.annotations.Nullable;

/**
 * A step failed for good: its retries are exhausted, or its failure is not one that is retried.
 *
 * <p>A body sees this same exception live and on every replay; ask {@link #failure()} what happened. The original is
 * the cause only where it happened in this very process and call, so do not decide anything by {@link #getCause()}.
 *
 * <pre>{@code
 * try {
 *   return tasks.compose(topic).join();
 * } catch (TaskFailedException e) {
 *   return Draft.placeholder(e.failure().message());
 * }
 * }</pre>
 */
public final class TaskFailedException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    public TaskFailedException(Failure failure) {
        super(describe(failure));
        this.failure = failure;
    }

    /** What was recorded of the failure. */
    public Failure failure() {
        return failure;
    }

    private static String describe(Failure failure) {
        @Nullable String message = failure.message();
        return "step '" + failure.path() + "' failed after " + failure.attempts()
                + (failure.attempts() == 1 ? " attempt: " : " attempts: ") + failure.type()
                + (message == null ? "" : ": " + message);
    }
}
