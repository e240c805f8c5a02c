package dev.clew.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model did not answer. The class says why; {@link Permanent} ones are not retried by default, {@link Temporary} ones are.
 *
 * <p>A step that failed is recorded with the class of its failure, so that code that looks at it decides alike when it is
 * replayed:
 *
 * <pre>{@code
 * catch (TaskFailedException e) {
 *   if (e.failure().is(ModelException.ContextOverflow.class)) …
 * }
 * }</pre>
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><th>class</th><th>retried</th><th>because</th></tr>
 * <tr><td>{@link Authentication}</td><td>no</td><td>the key is missing or wrong</td></tr>
 * <tr><td>{@link Permission}</td><td>no</td><td>the key is not allowed to do this</td></tr>
 * <tr><td>{@link InvalidRequest}</td><td>no</td><td>the provider does not accept the request</td></tr>
 * <tr><td>{@link NotFound}</td><td>no</td><td>there is no such model or address</td></tr>
 * <tr><td>{@link ContextOverflow}</td><td>no</td><td>the request is longer than the model takes</td></tr>
 * <tr><td>{@link Refusal}</td><td>no</td><td>the provider refuses to answer this</td></tr>
 * <tr><td>{@link RateLimited}</td><td>yes</td><td>there were too many requests; see retryAfter</td></tr>
 * <tr><td>{@link Unavailable}</td><td>yes</td><td>the provider cannot answer now; also what an adapter does not know</td></tr>
 * <tr><td>{@link Connection}</td><td>yes</td><td>the connection failed or broke off</td></tr>
 * <tr><td>{@link Timeout}</td><td>yes</td><td>the answer took too long</td></tr>
 * </table>
 */
public abstract sealed class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ModelException(String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
    }

    /** Whether the default retry tries the call again. */
    public final boolean isRetryable() {
        return this instanceof Temporary;
    }

    /** Returns the least time to wait before the next attempt, if the provider said one. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Returns the failure that the key is missing or wrong. */
    public static Authentication authentication(String message, @Nullable Throwable cause) {
        return new Authentication(message, cause);
    }

    /** Returns the failure that the key is not allowed to do this. */
    public static Permission permission(String message, @Nullable Throwable cause) {
        return new Permission(message, cause);
    }

    /** Returns the failure that the provider does not accept the request. */
    public static InvalidRequest invalidRequest(String message, @Nullable Throwable cause) {
        return new InvalidRequest(message, cause);
    }

    /** Returns the failure that there is no such model or address. */
    public static NotFound notFound(String message, @Nullable Throwable cause) {
        return new NotFound(message, cause);
    }

    /** Returns the failure that the request is longer than the model takes. */
    public static ContextOverflow contextOverflow(String message, @Nullable Throwable cause) {
        return new ContextOverflow(message, cause);
    }

    /** Returns the failure that the provider refuses to answer this. */
    public static Refusal refusal(String message, @Nullable Throwable cause) {
        return new Refusal(message, cause);
    }

    /** Returns the failure that there were too many requests; the time is null if the provider said none. */
    public static RateLimited rateLimited(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        return new RateLimited(message, retryAfter, cause);
    }

    /** Returns the failure that the provider cannot answer now. */
    public static Unavailable unavailable(String message, @Nullable Throwable cause) {
        return new Unavailable(message, cause);
    }

    /** Returns the failure that the connection failed or broke off. */
    public static Connection connection(String message, @Nullable Throwable cause) {
        return new Connection(message, cause);
    }

    /** Returns the failure that the answer took too long. */
    public static Timeout timeout(String message, @Nullable Throwable cause) {
        return new Timeout(message, cause);
    }

    /** A failure that comes again if the same is asked again. */
    public abstract static sealed class Permanent extends ModelException {
        private static final long serialVersionUID = 1L;

        private Permanent(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A failure that may pass. */
    public abstract static sealed class Temporary extends ModelException {
        private static final long serialVersionUID = 1L;

        private Temporary(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The key is missing or wrong. */
    public static final class Authentication extends Permanent {
        private static final long serialVersionUID = 1L;

        private Authentication(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The key is not allowed to do this. */
    public static final class Permission extends Permanent {
        private static final long serialVersionUID = 1L;

        private Permission(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The provider does not accept the request. */
    public static final class InvalidRequest extends Permanent {
        private static final long serialVersionUID = 1L;

        private InvalidRequest(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** There is no such model or address. */
    public static final class NotFound extends Permanent {
        private static final long serialVersionUID = 1L;

        private NotFound(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The request is longer than the model takes. */
    public static final class ContextOverflow extends Permanent {
        private static final long serialVersionUID = 1L;

        private ContextOverflow(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The provider refuses to answer this. */
    public static final class Refusal extends Permanent {
        private static final long serialVersionUID = 1L;

        private Refusal(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** There were too many requests; see {@link #retryAfter}. */
    public static final class RateLimited extends Temporary {
        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        private RateLimited(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** The provider cannot answer now; also what an adapter does not know. */
    public static final class Unavailable extends Temporary {
        private static final long serialVersionUID = 1L;

        private Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The connection failed or broke off. */
    public static final class Connection extends Temporary {
        private static final long serialVersionUID = 1L;

        private Connection(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The answer took too long. */
    public static final class Timeout extends Temporary {
        private static final long serialVersionUID = 1L;

        private Timeout(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
