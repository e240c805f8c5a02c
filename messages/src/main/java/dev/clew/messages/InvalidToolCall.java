package dev.clew.messages;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that a model wrote badly: its arguments are not a JSON object. It is never executed; the model is told the error.
 *
 * @param id names the call; null if the model gave none
 * @param name the tool; null if the model named none
 * @param args the arguments as the model wrote them; null if there were none
 * @param error what is wrong with them; null if that is not known
 * @param extras what belongs to the provider
 */
public record InvalidToolCall(
        @Nullable String id,
        @Nullable String name,
        @Nullable String args,
        @Nullable String error,
        Map<String, @Nullable Object> extras) {
    /** Copies the extras. */
    public InvalidToolCall {
        extras = PlainData.copyOf(extras);
    }

    /** Returns an invalid call without extras. */
    public static InvalidToolCall of(
            @Nullable String id, @Nullable String name, @Nullable String args, @Nullable String error) {
        return new InvalidToolCall(id, name, args, error, Map.of());
    }

    /** Returns the same call with this id. */
    public InvalidToolCall withId(@Nullable String id) {
        return new InvalidToolCall(id, name, args, error, extras);
    }
}
