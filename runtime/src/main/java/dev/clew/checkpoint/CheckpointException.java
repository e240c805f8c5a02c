package dev.clew.checkpoint;

import dev.clew.value.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * The store behind a checkpointer failed, or holds something that cannot be true. The run that met it is sealed and
 * stays recoverable; nothing of the failed write is stored.
 *
 * <pre>{@code
 * catch (CheckpointException e) {
 *   alert("the workflow database needs attention", e);
 * }
 * }</pre>
 */
public class CheckpointException extends StorageException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
