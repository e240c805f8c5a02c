package dev.clew.testing.evaluate;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file of examples: {@code {"name": "rome", "input": "How warm is Rome?", "expected": "18", "tools": ["weather"]}}.
 *
 * @param name names it in the table
 * @param input what is said to the agent
 * @param expected what it should answer; null if there is no one right answer
 * @param tools the tools that it should call, in their order; null if that is not judged
 */
public record Example(
        String name,
        String input,
        @Nullable String expected,
        @Nullable List<String> tools) {
    /** Checks that there is an input. */
    public Example {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        tools = tools == null ? null : List.copyOf(tools);
    }
}
