package dev.clew.json.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value is no message. The message says what was expected, and never quotes values.
 *
 * <pre>{@code
 * try {
 *   MessageJson.read(json);
 * } catch (IllegalMessageException e) {
 *   refuse(e.getMessage());
 * }
 * }</pre>
 */
public final class IllegalMessageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    IllegalMessageException(String message) {
        super(message);
    }

    IllegalMessageException(String message, Throwable cause) {
        super(message, cause);
    }

    static IllegalMessageException expected(String what, String member, @Nullable Object found) {
        return new IllegalMessageException("'" + member + "' of a message must be " + what + ", and is " + kind(found));
    }

    static String kind(@Nullable Object found) {
        if (found == null) {
            return "null";
        }
        if (found instanceof Map<?, ?>) {
            return "an object";
        }
        if (found instanceof List<?>) {
            return "a list";
        }
        if (found instanceof String) {
            return "text";
        }
        return found instanceof Number ? "a number" : "a boolean";
    }
}
