package dev.clew.flow;

import dev.clew.value.ClewException;

/**
 * Several claims of the thread in a row made no progress: it probably kills its process. {@code Command.proceed()}
 * resets the count and tries again.
 *
 * <pre>{@code
 * catch (ThreadStuckException e) {
 *   page(e);
 * }
 * }</pre>
 */
public final class ThreadStuckException extends ClewException {
    private static final long serialVersionUID = 1L;

    public ThreadStuckException(String message) {
        super(message);
    }
}
