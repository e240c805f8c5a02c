package dev.clew.flow;

import dev.clew.value.ClewException;
import org.jspecify.annotations.Nullable;

/**
 * This process stopped a run for a reason outside of its program, such as an executor that takes no more work. What the run
 * had recorded is kept: {@code recover()} or {@code Command.proceed()} continues it.
 *
 * <pre>{@code
 * catch (RunStoppedException e) {
 *   log.warn("the run goes on after the restart", e);
 * }
 * }</pre>
 */
public final class RunStoppedException extends ClewException {
    private static final long serialVersionUID = 1L;

    public RunStoppedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
