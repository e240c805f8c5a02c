package dev.clew.agents;

import dev.clew.graph.StateUpdate;
import dev.clew.messages.ToolMessage;
import java.util.List;
import java.util.Objects;

/**
 * What a call of a tool gave: the message for the model, and changes of the agent's state.
 *
 * @param message the message
 * @param updates changes of sections, in their order
 */
public record ToolAnswer(ToolMessage message, List<StateUpdate<?>> updates) {
    /** Copies the changes. */
    public ToolAnswer {
        Objects.requireNonNull(message, "message");
        updates = List.copyOf(updates);
    }

    /** Returns an answer that changes no section. */
    public static ToolAnswer of(ToolMessage message) {
        return new ToolAnswer(message, List.of());
    }
}
