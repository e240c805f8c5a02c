package dev.clew.value;

import org.jspecify.annotations.Nullable;

/**
 * What stores runs, documents or cached results failed, or holds something that cannot be true. A database behind several of
 * them throws one class for all; an adapter may throw this class or one of its own that extends it.
 *
 * <pre>{@code
 * catch (StorageException e) {
 *   alert("the database of our workflows needs attention", e);
 * }
 * }</pre>
 */
public class StorageException extends ClewException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
