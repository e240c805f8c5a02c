package dev.clew.value;

import org.jspecify.annotations.Nullable;

/**
 * An argument is wrong by itself: a limit that is not positive, a name that is blank, a builder that lacks something. Nothing
 * was done. The program has a mistake where it made the call; the message names the option and the value that it got.
 *
 * <pre>{@code
 * RunConfig.thread("essay-1").maxSteps(0);   // IllegalRequestException: maxSteps must be at least 1, not 0
 * }</pre>
 */
public final class IllegalRequestException extends ClewException {
    private static final long serialVersionUID = 1L;

    public IllegalRequestException(String message) {
        super(message);
    }

    public IllegalRequestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
