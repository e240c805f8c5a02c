package dev.clew.graph;

import dev.clew.value.ClewException;

/**
 * A run of a graph wants to run more supersteps than its limit allows. What it did is kept: {@code Command.proceed()} with a
 * higher {@code RunConfig.maxSupersteps} goes on.
 *
 * <pre>{@code
 * research.invoke(Command.proceed(), RunConfig.thread("r-1").maxSupersteps(50));
 * }</pre>
 */
public final class SuperstepLimitException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final int limit;

    SuperstepLimitException(String graph, int limit) {
        super("the graph '" + graph + "' has run " + limit
                + " supersteps, which is its limit, and has more to run; let a route"
                + " end it, or continue it by Command.proceed() with a higher RunConfig.maxSupersteps");
        this.limit = limit;
    }

    /** How many supersteps were allowed. */
    public int limit() {
        return limit;
    }
}
