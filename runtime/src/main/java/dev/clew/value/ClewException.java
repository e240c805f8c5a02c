package dev.clew.value;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything Clew throws: misuse, refused requests, failed workflows and damaged data alike.
 *
 * <p>Every message says what happened, where (thread, workflow, step path) and what to do about it. A request that is
 * refused with a {@code ClewException} has changed nothing that is stored, unless the subclass says otherwise.
 *
 * <pre>{@code
 * try {
 *   workflow.invoke(input, RunConfig.thread("essay-1"));
 * } catch (ThreadBusyException busy) {
 *   reportTo(busy.owner());
 * } catch (ClewException e) {
 *   log.error("the run did not finish", e);
 * }
 * }</pre>
 */
public class ClewException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClewException(String message) {
        super(message);
    }

    public ClewException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
