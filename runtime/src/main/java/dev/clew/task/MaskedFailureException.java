package dev.clew.task;

/**
 * Stands for an exception whose message must not be recorded. It is recorded with the classes of that exception and another
 * message, and without causes; retry policies judge the exception itself.
 *
 * <pre>{@code
 * throw new MaskedFailureException(failed, "no account of [redacted]");
 * }</pre>
 */
public final class MaskedFailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Throwable original;

    /** Stands for an exception, with this message in place of its own. */
    public MaskedFailureException(Throwable original, String message) {
        super(message);
        this.original = unmasked(original);
        setStackTrace(original.getStackTrace());
    }

    /** Returns the exception that an exception stands for; any other one as it is. */
    public static Throwable unmasked(Throwable thrown) {
        return thrown instanceof MaskedFailureException masked && masked.original != null ? masked.original : thrown;
    }
}
