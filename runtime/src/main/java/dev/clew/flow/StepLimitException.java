package dev.clew.flow;

import dev.clew.value.ClewException;

/**
 * A run called more steps than {@code RunConfig.maxSteps} allows: probably a loop without end. The run is FAILED;
 * {@code Command.proceed()} with a greater limit goes on.
 *
 * <pre>{@code
 * write.invoke(Command.proceed(), thread.maxSteps(5_000_000));
 * }</pre>
 */
public final class StepLimitException extends ClewException {
    private static final long serialVersionUID = 1L;

    public StepLimitException(String where, long limit) {
        super(where + " called more than " + limit
                + " steps; raise RunConfig.maxSteps if that is meant, then proceed()");
    }
}
