package dev.clew.agents;

import java.util.Locale;

/** Where hooks run. */
enum HookPoint {
    BEFORE_AGENT,
    BEFORE_MODEL,
    AFTER_MODEL,
    AFTER_AGENT;

    /** Hooks after something run in the opposite order: the first middleware stands outside of the others. */
    boolean isReversed() {
        return this == AFTER_MODEL || this == AFTER_AGENT;
    }

    /** The name of the node of a middleware's hook. */
    String node(String middleware) {
        return middleware + "." + name().toLowerCase(Locale.ROOT);
    }

    /** The method of {@link Hooks} that registers it. */
    String method() {
        return switch (this) {
            case BEFORE_AGENT -> "beforeAgent";
            case BEFORE_MODEL -> "beforeModel";
            case AFTER_MODEL -> "afterModel";
            case AFTER_AGENT -> "afterAgent";
        };
    }
}
