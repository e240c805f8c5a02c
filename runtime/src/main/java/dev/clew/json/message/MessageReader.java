package dev.clew.json.message;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.HumanMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.Message;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.SystemMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a message of plain data: LangChain's JSON, OpenAI's, a pair of role and text, or text alone. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in another module
final class MessageReader {
    /** Where LangChain remembers that a system message came as OpenAI's developer message. */
    private static final String OPENAI_ROLE = "__openai_role__";

    /** Calls also stand in the content of some providers; they belong to the calls alone. */
    private static final Set<String> CALLS = Set.of("tool_call", "tool_use", "invalid_tool_call");

    private final Members json;
    private final String type;

    private MessageReader(Members json, String type) {
        this.json = json;
        this.type = type;
    }

    static String typeOf(Message message) {
        return message instanceof SystemMessage ? "system" : "human";
    }

    static MessageUpdate read(@Nullable Object json) {
        if (json instanceof String text) {
            return Message.user(text);
        }
        if (json instanceof List<?> pair && pair.size() == 2 && pair.get(0) instanceof String role) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("role", role);
            members.put("content", pair.get(1));
            return read(members);
        }
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalMessageException(
                    "a message must be an object or text, and is " + IllegalMessageException.kind(json));
        }
        Map<?, ?> object = "constructor".equals(map.get("type")) && map.get("kwargs") instanceof Map<?, ?> made
                ? constructed(map, made)
                : map;
        Members members = new Members(object);
        String type = members.text("type");
        if (type == null || type.equals("message")) {
            type = members.text("role");
        }
        if (type == null) {
            throw new IllegalMessageException("a message needs a member 'type' or 'role'");
        }
        return new MessageReader(members, type).update();
    }

    /** What LangChain's {@code dumps} writes: the name of the class and what it is made of. */
    private static Map<?, ?> constructed(Map<?, ?> constructor, Map<?, ?> made) {
        if (made.containsKey("type") || !(constructor.get("id") instanceof List<?> path) || path.isEmpty()) {
            return made;
        }
        Map<Object, @Nullable Object> members = new LinkedHashMap<>(made);
        members.put("type", String.valueOf(path.get(path.size() - 1)).replaceFirst("Message(Chunk)?$", ""));
        return members;
    }

    private MessageUpdate update() {
        return switch (type) {
            case "human", "user", "Human", "HumanMessageChunk" -> {
                Parts parts = parts();
                yield new HumanMessage(parts.id, parts.name, parts.content, parts.extras(json));
            }
            case "system", "System", "SystemMessageChunk" -> system(false);
            case "developer" -> system(true);
            case "ai", "assistant", "AI", "AIMessageChunk" -> ai();
            case "tool", "Tool", "ToolMessageChunk" -> tool();
            case "remove", "Remove" -> remove();
            default ->
                throw new IllegalMessageException(
                        "there are no messages of this type or role; known are human, user, ai, assistant, system, developer,"
                                + " tool and remove");
        };
    }

    /** What all messages have. */
    private record Parts(
            @Nullable String id,
            @Nullable String name,
            List<ContentBlock> content,
            @Nullable Object kwargs) {
        /** What is left, and the members that are no component: only if there is something in them. */
        Map<String, @Nullable Object> extras(Members json) {
            Map<String, @Nullable Object> extras = new LinkedHashMap<>();
            if (kwargs != null && !Map.of().equals(kwargs)) {
                extras.put(MessageWriter.KWARGS, kwargs);
            }
            Map<String, @Nullable Object> rest = json.rest();
            Object metadata = rest.get(MessageWriter.METADATA);
            if (metadata == null || Map.of().equals(metadata)) {
                rest.remove(MessageWriter.METADATA);
            }
            extras.putAll(rest);
            return extras;
        }
    }

    private Parts parts() {
        json.take("type");
        json.take("role");
        return new Parts(
                json.text("id"),
                json.text("name"),
                BlockJson.read(json.take("content")),
                json.take(MessageWriter.KWARGS));
    }

    private SystemMessage system(boolean isDeveloper) {
        Parts parts = parts();
        Map<String, @Nullable Object> extras = parts.extras(json);
        if (isDeveloper) {
            Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
            if (extras.get(MessageWriter.KWARGS) instanceof Map<?, ?> given) {
                kwargs.putAll(new Members(given).rest());
            }
            kwargs.put(OPENAI_ROLE, "developer");
            extras.put(MessageWriter.KWARGS, kwargs);
        }
        return new SystemMessage(parts.id, parts.name, parts.content, extras);
    }

    private AiMessage ai() {
        Parts parts = parts();
        List<ToolCall> calls = new ArrayList<>();
        List<InvalidToolCall> invalid = new ArrayList<>();
        for (Object call : json.list("tool_calls")) {
            CallJson.read(call, calls, invalid);
        }
        for (Object call : json.list("invalid_tool_calls")) {
            invalid.add(CallJson.invalid(call));
        }
        List<ContentBlock> content = new ArrayList<>();
        boolean hasCalls = !calls.isEmpty() || !invalid.isEmpty();
        for (ContentBlock block : parts.content) {
            if (!(block instanceof ContentBlock.Other other) || !CALLS.contains(other.type())) {
                content.add(block);
            } else if (!hasCalls && other.type().equals("invalid_tool_call")) {
                invalid.add(CallJson.invalid(other.members()));
            } else if (!hasCalls) {
                CallJson.read(other.members(), calls, invalid);
            }
        }
        Object usage = json.take("usage_metadata");
        Map<String, @Nullable Object> metadata = json.object(MessageWriter.METADATA);
        json.take("tool_call_chunks");
        json.take("chunk_position");
        return new AiMessage(
                parts.id, parts.name, content, calls, invalid, UsageJson.read(usage), metadata, parts.extras(json));
    }

    private ToolMessage tool() {
        Parts parts = parts();
        String call = json.text("tool_call_id");
        if (call == null) {
            throw new IllegalMessageException("a message of a tool needs a member 'tool_call_id'");
        }
        Object artifact = json.take("artifact");
        String status = json.text("status");
        if (status != null && !status.equals("success") && !status.equals("error")) {
            throw new IllegalMessageException("the 'status' of a message of a tool is 'success' or 'error'");
        }
        return new ToolMessage(
                parts.id,
                parts.name,
                parts.content,
                call,
                artifact,
                "error".equals(status) ? ToolMessage.Status.ERROR : ToolMessage.Status.SUCCESS,
                parts.extras(json));
    }

    private RemoveMessage remove() {
        String id = json.text("id");
        if (id == null) {
            throw new IllegalMessageException("a message that removes another one needs its 'id'");
        }
        return new RemoveMessage(id);
    }
}
