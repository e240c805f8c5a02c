package dev.clew.task;

import dev.clew.value.ClewException;

/**
 * A time limit passed: of a {@link TaskFuture#join(java.time.Duration)}, or of one attempt of a task or entrypoint (then it is
 * the attempt's failure, retried by default).
 *
 * <pre>{@code
 * try {
 *   return tasks.search(query).join(Duration.ofSeconds(5));
 * } catch (TaskTimeoutException e) {
 *   return List.of();
 * }
 * }</pre>
 */
public final class TaskTimeoutException extends ClewException {
    private static final long serialVersionUID = 1L;

    public TaskTimeoutException(String message) {
        super(message);
    }
}
