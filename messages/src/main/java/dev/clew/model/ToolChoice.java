package dev.clew.model;

import java.util.Objects;

/** Whether the model may, must, or must not call tools. */
public sealed interface ToolChoice {
    /** The model decides. */
    ToolChoice AUTO = new Auto();

    /** The model calls no tool. */
    ToolChoice NONE = new None();

    /** The model calls at least one tool. */
    ToolChoice REQUIRED = new Required();

    /** Returns the choice of this tool alone. */
    static ToolChoice named(String tool) {
        return new Named(tool);
    }

    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** The model calls no tool. */
    record None() implements ToolChoice {}

    /** The model calls at least one tool. */
    record Required() implements ToolChoice {}

    /**
     * The model calls this tool.
     *
     * @param tool the tool's name
     */
    record Named(String tool) implements ToolChoice {
        /** Checks that there is a name. */
        public Named {
            Objects.requireNonNull(tool, "tool");
        }
    }
}
