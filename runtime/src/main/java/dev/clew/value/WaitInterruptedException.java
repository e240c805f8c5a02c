package dev.clew.value;

import org.jspecify.annotations.Nullable;

/**
 * The thread that waited was interrupted, or its wait was cancelled. Only the wait has ended: the run that it waited for goes
 * on. The thread's interrupt flag is set again.
 *
 * <pre>{@code
 * catch (WaitInterruptedException e) {
 *   return Response.status(503, "the essay is still being written");
 * }
 * }</pre>
 */
public final class WaitInterruptedException extends ClewException {
    private static final long serialVersionUID = 1L;

    public WaitInterruptedException(String message) {
        super(message);
    }

    public WaitInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
