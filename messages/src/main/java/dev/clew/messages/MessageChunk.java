package dev.clew.messages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a model's message, while it is written. The pieces with one id, one after another, are the message.
 *
 * <pre>{@code
 * call.emit(MessageChunk.text("He"));
 * call.emit(MessageChunk.text("llo"));
 * call.emit(MessageChunk.end(Usage.of(3, 2)));
 * }</pre>
 *
 * @param id the id of the message; null until the task that emits the piece gives it one, which contains its attempt
 * @param content pieces of blocks: text, reasoning or others
 * @param toolCallChunks pieces of tool calls
 * @param usage the tokens of the whole message; null in all pieces but, usually, the last
 * @param metadata what the provider says of the answer, as in {@link AiMessage#metadata}
 * @param isLast whether no piece of the message comes after this
 */
public record MessageChunk(
        @Nullable String id,
        List<ContentBlock> content,
        List<ToolCallChunk> toolCallChunks,
        @Nullable Usage usage,
        Map<String, @Nullable Object> metadata,
        boolean isLast) {
    /** Copies lists and metadata. */
    public MessageChunk {
        content = List.copyOf(content);
        toolCallChunks = List.copyOf(toolCallChunks);
        metadata = PlainData.copyOf(metadata);
    }

    /** Returns a piece of text. */
    public static MessageChunk text(String text) {
        return new MessageChunk(null, ContentBlock.ofText(text), List.of(), null, Map.of(), false);
    }

    /** Returns a piece of the model's reasoning. */
    public static MessageChunk reasoning(String reasoning) {
        return new MessageChunk(null, List.of(new ContentBlock.Reasoning(reasoning)), List.of(), null, Map.of(), false);
    }

    /** Returns a piece of a tool call. */
    public static MessageChunk toolCall(ToolCallChunk call) {
        return new MessageChunk(null, List.of(), List.of(call), null, Map.of(), false);
    }

    /** Returns the last piece, which has no content; the usage is null if it is not known. */
    public static MessageChunk end(@Nullable Usage usage) {
        return new MessageChunk(null, List.of(), List.of(), usage, Map.of(), true);
    }

    /** Returns the text in this piece; empty if there is none. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : content) {
            if (block instanceof ContentBlock.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    /** Returns the same piece of the message with this id. */
    public MessageChunk withId(String id) {
        return new MessageChunk(id, content, toolCallChunks, usage, metadata, isLast);
    }

    /** Returns the same piece with this metadata in place of its own. */
    public MessageChunk withMetadata(Map<String, ? extends @Nullable Object> metadata) {
        return new MessageChunk(id, content, toolCallChunks, usage, PlainData.copyOf(metadata), isLast);
    }
}
