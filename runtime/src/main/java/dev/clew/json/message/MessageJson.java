package dev.clew.json.message;

import dev.clew.messages.ContentBlock;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages as plain data, in the JSON of LangChain.
 *
 * <p>Reading is liberal. The type may be {@code human}, {@code user}, {@code ai}, {@code assistant}, {@code system},
 * {@code developer}, {@code tool} or {@code remove}, as {@code type} or as {@code role}; the content may be text or blocks;
 * tool calls may be OpenAI's; a message may be what LangChain's {@code dumps} writes; text alone is what a person says. Members
 * and blocks that are not known are kept, and written back.
 *
 * <pre>{@code
 * Map<String, Object> json = MessageJson.full(Message.user("hi"));
 * MessageUpdate same = MessageJson.read(json);
 * }</pre>
 */
public final class MessageJson {
    private static final Set<String> TYPES = Set.of("human", "ai", "system", "tool", "remove");

    private MessageJson() {}

    /** Returns what is stored: without members that are empty. */
    public static Map<String, @Nullable Object> stored(MessageUpdate message) {
        return MessageWriter.write(message, false);
    }

    /** Returns what clients read: with all members. */
    public static Map<String, @Nullable Object> full(MessageUpdate message) {
        return MessageWriter.write(message, true);
    }

    /** Returns a piece of a message as clients read it. */
    public static Map<String, @Nullable Object> full(MessageChunk chunk) {
        return ChunkJson.write(chunk);
    }

    /** Returns a block of a message as clients read it. */
    public static Map<String, @Nullable Object> block(ContentBlock block) {
        return BlockJson.write(block);
    }

    /** Returns a tool call as clients read it. */
    public static Map<String, @Nullable Object> call(ToolCall call) {
        return CallJson.write(call);
    }

    /** Returns an invalid tool call as clients read it. */
    public static Map<String, @Nullable Object> call(InvalidToolCall call) {
        return CallJson.write(call);
    }

    /**
     * Reads the arguments of a call that a model wrote as text. Empty text has no members.
     *
     * @throws IllegalMessageException if it is not a JSON object; the message is for the model to read
     */
    public static Map<String, @Nullable Object> arguments(String text) {
        return PlainText.object(text);
    }

    /**
     * Reads a message, or a removal.
     *
     * @throws IllegalMessageException if it is none
     */
    public static MessageUpdate read(@Nullable Object json) {
        return MessageReader.read(json);
    }

    /**
     * Reads a list of messages, or one alone.
     *
     * @throws IllegalMessageException if one of them is none; the message names its place
     */
    public static List<MessageUpdate> readAll(@Nullable Object json) {
        if (!(json instanceof List<?> list)) {
            return List.of(read(json));
        }
        List<MessageUpdate> messages = new ArrayList<>(list.size());
        for (Object each : list) {
            try {
                messages.add(read(each));
            } catch (IllegalMessageException e) {
                throw new IllegalMessageException("message " + messages.size() + ": " + e.getMessage(), e);
            }
        }
        return messages;
    }

    /**
     * Returns plain data in which every stored message has its full form. A stored message is an object with an {@code id}, with
     * a {@code type} that messages have, and with {@code content} or calls.
     */
    public static @Nullable Object completed(@Nullable Object plain) {
        if (plain instanceof List<?> list) {
            List<@Nullable Object> completed = new ArrayList<>(list.size());
            list.forEach(each -> completed.add(completed(each)));
            return completed;
        }
        if (!(plain instanceof Map<?, ?> map)) {
            return plain;
        }
        if (isStored(map)) {
            try {
                return full(read(map));
            } catch (IllegalMessageException e) {
                return plain; // it only looks like one
            }
        }
        Map<Object, @Nullable Object> completed = new LinkedHashMap<>();
        map.forEach((name, value) -> completed.put(name, completed(value)));
        return completed;
    }

    private static boolean isStored(Map<?, ?> object) {
        return object.get("type") instanceof String type
                && TYPES.contains(type)
                && object.get("id") instanceof String
                && (object.get("content") instanceof String
                        || object.get("content") instanceof List<?>
                        || object.get("tool_calls") instanceof List<?>
                        || object.get("invalid_tool_calls") instanceof List<?>
                        || type.equals("remove")
                        || object.containsKey("tool_call_id"));
    }

    /**
     * Reads a list of messages, without removals.
     *
     * @throws IllegalMessageException if one of them is none; the message names its place
     */
    public static List<Message> readMessages(@Nullable Object json) {
        List<Message> messages = new ArrayList<>();
        for (MessageUpdate each : readAll(json)) {
            if (!(each instanceof Message message)) {
                throw new IllegalMessageException(
                        "message " + messages.size() + " removes one, which is not allowed here");
            }
            messages.add(message);
        }
        return messages;
    }
}
