package dev.clew.tools;

import java.util.Objects;

/**
 * Names a tool of an agent, where one is configured. Generated code has a constant for each tool: {@code TravelTools.BOOK}. A
 * name that no tool of the agent has is refused when the agent is built, so that a misspelt rule does not stay without effect.
 *
 * <pre>{@code
 * HumanInTheLoop.on(TravelTools.BOOK, ToolRef.of("search__delete").optional())
 * }</pre>
 *
 * @param name the name by which the model calls it
 * @param isOptional whether the agent may be without such a tool
 */
public record ToolRef(String name, boolean isOptional) {
    /** Checks that there is a name. */
    public ToolRef {
        Objects.requireNonNull(name, "name");
    }

    /** Returns the reference to the tool of this name. */
    public static ToolRef of(String name) {
        return new ToolRef(name, false);
    }

    /** Returns the same reference to a tool that need not be there, such as one that only run time knows. */
    public ToolRef optional() {
        return new ToolRef(name, true);
    }

    @Override
    public String toString() {
        return name;
    }
}
