package dev.clew.agents;

import dev.clew.value.ClewException;

/** An agent ended without the output that it was asked for. {@link AgentResult#end} says how; {@code outputIfAny} does not throw. */
public final class NoOutputException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final End end;

    NoOutputException(End end, String text) {
        super("the agent ended without output: " + end + (text.isEmpty() ? "" : "; its last words: " + text));
        this.end = end;
    }

    /** Returns how it ended. */
    public End end() {
        return end;
    }
}
