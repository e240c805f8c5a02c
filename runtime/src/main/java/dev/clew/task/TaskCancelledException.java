package dev.clew.task;

import dev.clew.value.ClewException;

/**
 * The outcome of the joined step is CANCELLED, live and on every replay.
 *
 * <pre>{@code
 * slow.cancel();
 * slow.join();   // throws TaskCancelledException
 * }</pre>
 */
public final class TaskCancelledException extends ClewException {
    private static final long serialVersionUID = 1L;

    public TaskCancelledException(String message) {
        super(message);
    }
}
