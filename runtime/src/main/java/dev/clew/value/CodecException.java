package dev.clew.value;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot be written in its stored form, or stored bytes cannot be read as the type that the code expects.
 *
 * <p>The message names the type and the JSON path of the offending member, and never shows the value itself.
 *
 * <pre>{@code
 * throw new CodecException("cannot encode com.acme.Order", "$.customer.avatar", cause);
 * }</pre>
 */
public final class CodecException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * @param message what could not be encoded or decoded, without the place
     * @param path the JSON path of the member, {@code $} for the value itself
     */
    public CodecException(String message, String path, @Nullable Throwable cause) {
        super(message + " at " + path, cause);
        this.path = path;
    }

    /** The JSON path of the member that could not be read or written; {@code $} is the value itself. */
    public String path() {
        return path;
    }
}
