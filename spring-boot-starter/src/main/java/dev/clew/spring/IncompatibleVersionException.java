package dev.clew.spring;

import dev.clew.value.ClewException;
import org.jspecify.annotations.Nullable;

/**
 * A library on the class path, such as one that Spring Boot pinned, does not fit Clew. The message names the versions and what to
 * change; the application does not start.
 *
 * <pre>{@code
 * <jackson-bom.version>2.22.0</jackson-bom.version>
 * }</pre>
 */
public final class IncompatibleVersionException extends ClewException {
    private static final long serialVersionUID = 1L;

    public IncompatibleVersionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
