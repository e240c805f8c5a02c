package dev.clew.messages;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a tool call, while the model writes it. Pieces with one index are one call: the first has id and name, the
 * {@code args} of all, one after another, are the JSON of the arguments.
 *
 * @param index which call of the message this is a piece of, from 0
 * @param id the id of the call; null in later pieces
 * @param name the tool; null in later pieces
 * @param args a piece of the arguments' JSON; may be empty
 */
public record ToolCallChunk(
        int index, @Nullable String id, @Nullable String name, String args) {
    /** Checks the index. */
    public ToolCallChunk {
        if (index < 0) {
            throw new IllegalArgumentException("the index of a call is not negative: " + index);
        }
    }
}
