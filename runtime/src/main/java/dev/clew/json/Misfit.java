package dev.clew.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindException;

/**
 * A value or a text does not fit the shape that should write or read it.
 *
 * <p>On the way up every container prepends its member, so the path is built only when something went wrong. Messages
 * never quote values.
 */
final class Misfit extends DatabindException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Misfit(String reason) {
        this(reason, null);
    }

    Misfit(String reason, @Nullable Throwable cause) {
        super(reason, null, cause);
        this.reason = reason;
    }

    /** What does not fit, without the path. */
    String reason() {
        return reason;
    }
}
