package dev.clew.task;

import dev.clew.value.ClewException;

/**
 * A durable call was made where none is allowed: on a foreign thread, inside a leaf, or after its scope or attempt
 * ended. The message says how to write it instead. Nothing is recorded.
 *
 * <pre>{@code
 * // wrong: the calls come from the pool's threads
 * List<Summary> all = sections.parallelStream().map(s -> tasks.condense(s).join()).toList();
 * // right: call in a loop on the scope's own thread, then join
 * List<TaskFuture<Summary>> futures = sections.stream().map(tasks::condense).toList();
 * }</pre>
 */
public final class IllegalStepException extends ClewException {
    private static final long serialVersionUID = 1L;

    public IllegalStepException(String message) {
        super(message);
    }
}
