package dev.clew.messages;

import java.util.List;
import java.util.Optional;

/**
 * What a model and its tools said, in order: the result of an agent is one. Tests and evaluations look at it.
 *
 * <pre>{@code
 * Trajectory steps = result.value();
 * steps.toolCalls().get(0).name();   // weather
 * }</pre>
 */
@FunctionalInterface
public interface Trajectory {
    /** Returns the messages, oldest first. */
    List<Message> messages();

    /** Returns all calls of tools, in the models' order. */
    default List<ToolCall> toolCalls() {
        return messages().stream()
                .filter(AiMessage.class::isInstance)
                .flatMap(message -> ((AiMessage) message).toolCalls().stream())
                .toList();
    }

    /** Returns the text of the last message of a model; empty if there is none. */
    default Optional<String> lastText() {
        return messages().stream()
                .filter(AiMessage.class::isInstance)
                .reduce((before, after) -> after)
                .map(Message::text);
    }
}
