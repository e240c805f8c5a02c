package dev.clew.json.message;

import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolCallChunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pieces of messages as plain data. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in another module
final class ChunkJson {
    private ChunkJson() {}

    static Map<String, @Nullable Object> write(MessageChunk chunk) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("content", BlockJson.write(chunk.content()));
        json.put(MessageWriter.KWARGS, Map.of());
        json.put(MessageWriter.METADATA, chunk.metadata());
        json.put("type", "AIMessageChunk");
        json.put("name", null);
        json.put("id", chunk.id());
        List<Map<String, @Nullable Object>> calls = new ArrayList<>();
        List<Map<String, @Nullable Object>> pieces = new ArrayList<>();
        for (ToolCallChunk piece : chunk.toolCallChunks()) {
            if (piece.name() != null) {
                calls.add(CallJson.write(begun(piece, piece.name())));
            }
            pieces.add(piece(piece));
        }
        json.put("tool_calls", calls);
        json.put("invalid_tool_calls", List.of());
        json.put("usage_metadata", UsageJson.write(chunk.usage()));
        json.put("tool_call_chunks", pieces);
        json.put("chunk_position", chunk.isLast() ? "last" : null);
        return json;
    }

    /** The call as far as the piece has it: with its arguments only if they are whole. */
    private static ToolCall begun(ToolCallChunk piece, String name) {
        Map<String, @Nullable Object> args;
        try {
            args = PlainText.object(piece.args());
        } catch (IllegalMessageException unfinished) {
            args = Map.of();
        }
        return ToolCall.of(piece.id() == null ? "" : piece.id(), name, args);
    }

    private static Map<String, @Nullable Object> piece(ToolCallChunk piece) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", piece.name());
        json.put("args", piece.args());
        json.put("id", piece.id());
        json.put("index", piece.index());
        json.put("type", "tool_call_chunk");
        return json;
    }

    static MessageChunk read(@Nullable Object plain) {
        if (!(plain instanceof Map<?, ?> map)) {
            throw new IllegalMessageException(
                    "a piece of a message must be an object, and is " + IllegalMessageException.kind(plain));
        }
        Members json = new Members(map);
        List<ToolCallChunk> pieces = new ArrayList<>();
        for (Object each : json.list("tool_call_chunks")) {
            if (!(each instanceof Map<?, ?> object)) {
                throw IllegalMessageException.expected("objects", "tool_call_chunks", each);
            }
            Members piece = new Members(object);
            String args = piece.text("args");
            pieces.add(new ToolCallChunk(
                    (int) piece.number("index"), piece.text("id"), piece.text("name"), args == null ? "" : args));
        }
        return new MessageChunk(
                json.text("id"),
                BlockJson.read(json.take("content")),
                pieces,
                UsageJson.read(json.take("usage_metadata")),
                json.object(MessageWriter.METADATA),
                "last".equals(json.text("chunk_position")));
    }
}
