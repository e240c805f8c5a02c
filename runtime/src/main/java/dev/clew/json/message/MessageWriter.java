package dev.clew.json.message;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.ToolMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a message as plain data, with all members or without those that are empty. Confined to one call. */
final class MessageWriter {
    static final String KWARGS = "additional_kwargs";
    static final String METADATA = "response_metadata";

    private final Map<String, @Nullable Object> json = new LinkedHashMap<>();
    private final boolean isFull;

    private MessageWriter(boolean isFull) {
        this.isFull = isFull;
    }

    static Map<String, @Nullable Object> write(MessageUpdate update, boolean isFull) {
        MessageWriter writer = new MessageWriter(isFull);
        if (update instanceof Message message) {
            writer.message(message);
        } else if (update instanceof RemoveMessage removal) {
            writer.head("", Map.of(), Map.of(), "remove", null, removal.id());
        }
        return writer.json;
    }

    private void message(Message message) {
        Map<String, @Nullable Object> extras = new LinkedHashMap<>(message.extras());
        Object kwargs = extras.containsKey(KWARGS) ? extras.remove(KWARGS) : Map.of();
        Object metadata = extras.containsKey(METADATA) ? extras.remove(METADATA) : Map.of();
        if (message instanceof AiMessage ai) {
            head(BlockJson.write(ai.content()), kwargs, ai.metadata(), "ai", ai.name(), ai.id());
            putUnlessEmpty(
                    "tool_calls", ai.toolCalls().stream().map(CallJson::write).toList());
            putUnlessEmpty(
                    "invalid_tool_calls",
                    ai.invalidToolCalls().stream().map(CallJson::write).toList());
            put("usage_metadata", UsageJson.write(ai.usage()));
        } else {
            String type = message instanceof ToolMessage ? "tool" : MessageReader.typeOf(message);
            head(BlockJson.write(message.content()), kwargs, metadata, type, message.name(), message.id());
        }
        if (message instanceof ToolMessage tool) {
            json.put("tool_call_id", tool.toolCallId());
            put("artifact", tool.artifact());
            if (isFull || tool.isError()) {
                json.put("status", tool.status().name().toLowerCase(Locale.ROOT));
            }
        }
        json.putAll(extras);
    }

    private void head(
            Object content,
            @Nullable Object kwargs,
            @Nullable Object metadata,
            String type,
            @Nullable String name,
            @Nullable String id) {
        putUnlessEmpty("content", content);
        putUnlessEmpty(KWARGS, kwargs);
        putUnlessEmpty(METADATA, metadata);
        json.put("type", type);
        put("name", name);
        put("id", id);
    }

    private void put(String member, @Nullable Object value) {
        if (isFull || value != null) {
            json.put(member, value);
        }
    }

    /** The content or the members of an object: nothing in it means the same as no such member. */
    private void putUnlessEmpty(String member, @Nullable Object value) {
        if (isFull || !(value == null || value.equals("") || value.equals(Map.of()) || value.equals(List.of()))) {
            json.put(member, value);
        }
    }
}
