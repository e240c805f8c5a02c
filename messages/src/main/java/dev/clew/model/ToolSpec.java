package dev.clew.model;

import dev.clew.messages.PlainData;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool, as a model is told of it: one that this program executes, or one of the provider's own.
 *
 * <pre>{@code
 * ToolSpec.of("weather", "Tells the weather of a city.", Map.of(
 *     "type", "object",
 *     "properties", Map.of("city", Map.of("type", "string")),
 *     "required", List.of("city"),
 *     "additionalProperties", false))
 * }</pre>
 */
public sealed interface ToolSpec extends ToolName {
    /** Returns the name by which the model calls the tool. */
    @Override
    String name();

    /** Returns a tool that this program executes, with the JSON schema of its arguments. */
    static Function of(String name, String description, Map<String, ? extends @Nullable Object> parameters) {
        return new Function(name, description, PlainData.copyOf(parameters), false);
    }

    /**
     * Returns a tool that the provider executes, such as a web search. What it is goes to the provider as it stands here, and
     * only adapters that speak the provider's protocol can send it.
     *
     * @param definition the provider's JSON for it, with a {@code type} or a {@code name}
     */
    static Provider provider(Map<String, ? extends @Nullable Object> definition) {
        return new Provider(PlainData.copyOf(definition));
    }

    /**
     * A tool that this program executes.
     *
     * @param name its name: 1 to 64 letters, digits, {@code _} and {@code -}
     * @param description what it does, for the model to read
     * @param parameters the JSON schema of its arguments, of an object
     * @param isStrict whether the provider shall hold the model to the schema; needs a closed schema, see the adapter
     */
    record Function(String name, String description, Map<String, @Nullable Object> parameters, boolean isStrict)
            implements ToolSpec {
        private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

        /** Checks the name and copies the schema. */
        public Function {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name
                        + "' is not a valid tool name; use 1 to 64 characters: letters of ASCII, digits, _ and -");
            }
            Objects.requireNonNull(description, "description");
            parameters = PlainData.copyOf(parameters);
        }

        /** Returns the same tool, to whose schema the provider holds the model or not. */
        public Function withStrict(boolean isStrict) {
            return new Function(name, description, parameters, isStrict);
        }

        /** Returns the same tool with this description. */
        public Function withDescription(String description) {
            return new Function(name, description, parameters, isStrict);
        }
    }

    /**
     * A tool that the provider executes.
     *
     * @param definition the provider's JSON for it
     */
    record Provider(Map<String, @Nullable Object> definition) implements ToolSpec {
        /** Checks that it has a name or a type, and copies the JSON. */
        public Provider {
            definition = PlainData.copyOf(definition);
            if (!(definition.get("name") instanceof String) && !(definition.get("type") instanceof String)) {
                throw new IllegalArgumentException("a provider's tool needs a member 'type' or 'name' that is text");
            }
        }

        @Override
        public String name() {
            return definition.get("name") instanceof String name ? name : String.valueOf(definition.get("type"));
        }
    }
}
