package dev.clew.langchain4j;

/**
 * A model's stream ended with a checked exception, which is the cause. Retried by default, as other failures of the world are.
 *
 * <pre>{@code
 * catch (TaskFailedException e) {
 *   if (e.failure().is(StreamFailedException.class)) …
 * }
 * }</pre>
 */
public final class StreamFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StreamFailedException(Throwable cause) {
        super("the model's stream failed: " + cause.getClass().getName(), cause);
    }
}
