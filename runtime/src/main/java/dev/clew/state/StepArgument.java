package dev.clew.state;

import org.jspecify.annotations.Nullable;

/**
 * One argument that a step was called with, as its log keeps it: for people. Immutable, as far as the value in it is.
 *
 * <p>The log keeps up to 4 KB of each call. Short arguments are kept whole; of a long one the beginning is kept, and its
 * text says so.
 *
 * <pre>{@code
 * state.step("task:charge#1").orElseThrow().arguments().forEach(System.out::println); // amount: 5
 * }</pre>
 *
 * @param name the parameter's name when it was recorded; empty if the names of the call are too long to be kept
 * @param value plain data (text, number, boolean, list, map, null); if it is cut, a text: the beginning of its stored form,
 *     and how much of it was kept
 * @param cut whether the value is only the beginning, or cannot be read
 */
public record StepArgument(String name, @Nullable Object value, boolean cut) {
    @Override
    public String toString() {
        return name + ": " + value;
    }
}
