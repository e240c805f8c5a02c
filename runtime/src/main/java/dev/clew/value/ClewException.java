package dev.clew.value;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything Clew throws: misuse, refused requests, failed workflows and damaged data alike. What is thrown is
 * always one of its subclasses.
 *
 * <p>Every message says what happened, where (thread, workflow, step path) and what to do about it, in a few thousand
 * characters at most. A request that is
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
public abstract class ClewException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of a longer message, which repeats what somebody sent, its beginning and its end are kept. */
    private static final int LONGEST = 4_000;

    protected ClewException(String message) {
        super(shortened(message));
    }

    protected ClewException(String message, @Nullable Throwable cause) {
        super(shortened(message), cause);
    }

    @SuppressWarnings("NullAway") // subclasses of others may pass no message
    private static String shortened(String message) {
        if (message == null || message.length() <= LONGEST) {
            return message;
        }
        int left = message.length() - LONGEST;
        return message.substring(0, LONGEST / 2) + " … (" + left + " characters) … "
                + message.substring(message.length() - LONGEST / 2);
    }
}
