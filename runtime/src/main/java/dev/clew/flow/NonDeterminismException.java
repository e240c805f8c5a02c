package dev.clew.flow;

import dev.clew.value.ClewException;

/**
 * The code called something else than its log has recorded. Nothing was recorded of the call; the thread is BLOCKED
 * with this text, and {@code Command.proceed()} after a fix goes on with everything that was recorded.
 *
 * <pre>{@code
 * catch (NonDeterminismException e) {
 *   log.error("a deploy changed code under a parked thread; use run.patched(id)", e);
 * }
 * }</pre>
 */
public final class NonDeterminismException extends ClewException {
    private static final long serialVersionUID = 1L;

    public NonDeterminismException(String message) {
        super(message);
    }
}
