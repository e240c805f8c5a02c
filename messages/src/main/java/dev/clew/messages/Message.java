package dev.clew.messages;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation. Its methods make messages of plain text; the records have the rest.
 *
 * <pre>{@code
 * Message question = Message.user("How warm is it in Rome?");
 * Message answer = Message.ai("18 degrees.");
 * }</pre>
 *
 * <p>A message without an id gets one when it is recorded in the state of a graph.
 */
public sealed interface Message extends MessageUpdate permits SystemMessage, HumanMessage, AiMessage, ToolMessage {
    /** Returns an instruction to the model. */
    static SystemMessage system(String text) {
        return new SystemMessage(null, null, ContentBlock.ofText(text), Map.of());
    }

    /** Returns what a person says. */
    static HumanMessage user(String text) {
        return new HumanMessage(null, null, ContentBlock.ofText(text), Map.of());
    }

    /** Returns what a person says, with images and other blocks. */
    static HumanMessage user(ContentBlock... content) {
        return new HumanMessage(null, null, List.of(content), Map.of());
    }

    /** Returns what a model says. */
    static AiMessage ai(String text) {
        return new AiMessage(null, null, ContentBlock.ofText(text), List.of(), List.of(), null, Map.of(), Map.of());
    }

    /** Returns the message of a model that calls tools and says nothing else. */
    static AiMessage ai(ToolCall... calls) {
        return new AiMessage(null, null, List.of(), List.of(calls), List.of(), null, Map.of(), Map.of());
    }

    /** Returns the result of a call, for the model to read. */
    static ToolMessage tool(ToolCall call, String text) {
        return new ToolMessage(
                null, call.name(), ContentBlock.ofText(text), call.id(), null, ToolMessage.Status.SUCCESS, Map.of());
    }

    /** Returns the name of the author: of a person, an agent or a tool. Null if none was given. */
    @Nullable
    String name();

    /** Returns what is said, block by block; empty if only tools are called. */
    List<ContentBlock> content();

    /**
     * Returns the members of the message's JSON for which its class has no component, as they stand there: for example
     * {@code additional_kwargs}.
     */
    Map<String, @Nullable Object> extras();

    /** Returns the text blocks of the content, one after another with nothing between; empty if there are none. */
    default String text() {
        return content().stream()
                .filter(ContentBlock.Text.class::isInstance)
                .map(block -> ((ContentBlock.Text) block).text())
                .collect(Collectors.joining());
    }

    /** Returns the same message with this id. */
    Message withId(String id);

    /** Returns the same message with this author. */
    Message withName(@Nullable String name);

    /** Returns the same message with this content. */
    Message withContent(List<ContentBlock> content);
}
