package dev.clew.messages;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model's call of a tool.
 *
 * <pre>{@code
 * Message.ai(ToolCall.of("c1", "weather", Map.of("city", "Rome")))
 * }</pre>
 *
 * @param id names the call; the {@link ToolMessage} that answers it has the same
 * @param name the tool
 * @param args the arguments, plain data
 * @param extras what belongs to the provider
 */
public record ToolCall(
        String id, String name, Map<String, @Nullable Object> args, Map<String, @Nullable Object> extras) {
    /** Copies arguments and extras. */
    public ToolCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        args = PlainData.copyOf(args);
        extras = PlainData.copyOf(extras);
    }

    /** Returns a call without extras. */
    public static ToolCall of(String id, String name, Map<String, ? extends @Nullable Object> args) {
        return new ToolCall(id, name, PlainData.copyOf(args), Map.of());
    }

    /** Returns the same call with this id. */
    public ToolCall withId(String id) {
        return new ToolCall(id, name, args, extras);
    }

    /** Returns the same call with these arguments in place of its own. */
    public ToolCall withArgs(Map<String, ? extends @Nullable Object> args) {
        return new ToolCall(id, name, PlainData.copyOf(args), extras);
    }

    /** Returns the same call with these extras in place of its own. */
    public ToolCall withExtras(Map<String, ? extends @Nullable Object> extras) {
        return new ToolCall(id, name, args, PlainData.copyOf(extras));
    }
}
