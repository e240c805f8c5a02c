package dev.clew.client;

import dev.clew.value.ClewException;
import org.jspecify.annotations.Nullable;

/**
 * A server could not be reached, or answered a request with what no caller of a workflow expects: it wants credentials, forbids the
 * call, or failed.
 *
 * <pre>{@code
 * catch (RemoteServerException e) {
 *   if (e.status() == 401) renewToken();
 * }
 * }</pre>
 */
public final class RemoteServerException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RemoteServerException(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** Whether the server was away for as long as the call had patience; what it received meanwhile goes on there. */
    public boolean isUnreachable() {
        return status == 0 || status >= 502 && status <= 504;
    }
}
