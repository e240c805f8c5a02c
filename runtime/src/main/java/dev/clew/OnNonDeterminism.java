package dev.clew;

/**
 * What happens when code calls something else than its log has recorded.
 *
 * <pre>{@code
 * EssayFlowGraph.builder(flow).onNonDeterminism(OnNonDeterminism.WARN)
 * }</pre>
 */
public enum OnNonDeterminism {
    /** The thread is blocked, nothing is recorded, and a fix and {@code Command.proceed()} go on. The default. */
    BLOCK,
    /**
     * For a migration window: the same kind, name and number gets its recorded outcome, calls without one run, recorded
     * steps that are no longer called are ignored; each is logged.
     */
    WARN
}
