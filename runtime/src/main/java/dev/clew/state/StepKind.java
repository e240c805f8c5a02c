package dev.clew.state;

import java.util.Locale;

/**
 * What sort of step a log entry is about.
 *
 * <pre>{@code
 * state.steps().stream().filter(s -> s.kind() == StepKind.ASK)
 * }</pre>
 */
public enum StepKind {
    TASK,
    /** An execution of a node of a graph. */
    NODE,
    /** A question to a person. */
    ASK,
    /** A child workflow. */
    CHILD,
    TIMER,
    /** A pause between two supersteps of a graph, until a caller proceeds. */
    BREAKPOINT,
    /** A {@code run.patched(id)} that was answered with true. */
    PATCH,
    /** Undoes the effect of a step, after a run was decided to be undone. */
    UNDO,
    /** Settles the unknown outcome of a step, before anything is undone. */
    SETTLE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it stands in a step's path: {@code task}. */
    public String word() {
        return word;
    }
}
