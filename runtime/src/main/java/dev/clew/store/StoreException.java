package dev.clew.store;

import dev.clew.value.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * A store holds something that cannot be true, such as a document whose bytes were changed by somebody else.
 *
 * <pre>{@code
 * catch (StoreException e) {
 *   alert("the memory of our agents needs attention", e);
 * }
 * }</pre>
 */
public final class StoreException extends StorageException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
