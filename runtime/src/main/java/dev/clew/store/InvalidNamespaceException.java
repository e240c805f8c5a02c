package dev.clew.store;

import dev.clew.value.ClewException;

/**
 * A namespace is empty, or one of its labels may not be one. Nothing was read or written.
 *
 * <pre>{@code
 * Namespace.of("users", "ann@example.com");   // refused: a label must not contain '.'
 * }</pre>
 */
public final class InvalidNamespaceException extends ClewException {
    private static final long serialVersionUID = 1L;

    public InvalidNamespaceException(String message) {
        super(message);
    }
}
