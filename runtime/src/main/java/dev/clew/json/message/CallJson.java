package dev.clew.json.message;

import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.ToolCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tool calls as plain data. A call without an id has an empty one here, and null there. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in another module
final class CallJson {
    private CallJson() {}

    static Map<String, @Nullable Object> write(ToolCall call) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", call.name());
        json.put("args", call.args());
        json.put("id", call.id().isEmpty() ? null : call.id());
        json.put("type", "tool_call");
        extras(json, call.extras());
        return json;
    }

    static Map<String, @Nullable Object> write(InvalidToolCall call) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", "invalid_tool_call");
        json.put("id", call.id());
        json.put("name", call.name());
        json.put("args", call.args());
        json.put("error", call.error());
        extras(json, call.extras());
        return json;
    }

    private static void extras(Map<String, @Nullable Object> json, Map<String, @Nullable Object> extras) {
        if (!extras.isEmpty()) {
            json.put("extras", extras);
        }
    }

    /** LangChain's form, or OpenAI's with its function; arguments that are text are read as JSON. */
    static void read(@Nullable Object json, List<ToolCall> calls, List<InvalidToolCall> invalid) {
        if (!(json instanceof Map<?, ?> map)) {
            throw IllegalMessageException.expected("an object", "tool_calls[" + calls.size() + "]", json);
        }
        Members call = new Members(map);
        call.take("type");
        String id = call.text("id");
        Members target = call.has("function") ? new Members(call.object("function")) : call;
        String name = target.text("name");
        Object args = target.take("args");
        Object arguments = args == null ? target.take("arguments") : args;
        if (arguments == null) {
            arguments = target.take("input");
        }
        Map<String, @Nullable Object> extras = extras(call);
        if (arguments instanceof String text) {
            text(id, name, text, extras, calls, invalid);
        } else if (name == null) {
            throw IllegalMessageException.expected("text", "name of a tool call", null);
        } else if (arguments == null || arguments instanceof Map<?, ?>) {
            Map<String, @Nullable Object> plain =
                    arguments instanceof Map<?, ?> members ? new Members(members).rest() : Map.of();
            calls.add(new ToolCall(id == null ? "" : id, name, plain, extras));
        } else {
            throw IllegalMessageException.expected("an object", "args of a tool call", arguments);
        }
    }

    private static void text(
            @Nullable String id,
            @Nullable String name,
            String arguments,
            Map<String, @Nullable Object> extras,
            List<ToolCall> calls,
            List<InvalidToolCall> invalid) {
        try {
            if (name != null) {
                calls.add(new ToolCall(id == null ? "" : id, name, PlainText.object(arguments), extras));
                return;
            }
            invalid.add(new InvalidToolCall(id, null, arguments, "the call names no tool", extras));
        } catch (IllegalMessageException e) {
            invalid.add(new InvalidToolCall(id, name, arguments, e.getMessage(), extras));
        }
    }

    static InvalidToolCall invalid(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            throw IllegalMessageException.expected("an object", "invalid_tool_calls", json);
        }
        Members call = new Members(map);
        call.take("type");
        return new InvalidToolCall(
                call.text("id"), call.text("name"), call.text("args"), call.text("error"), extras(call));
    }

    /** What has no place of its own is kept among the extras. */
    private static Map<String, @Nullable Object> extras(Members call) {
        Map<String, @Nullable Object> extras = new LinkedHashMap<>(call.object("extras"));
        call.rest().forEach(extras::putIfAbsent);
        return extras;
    }
}
