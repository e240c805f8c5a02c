package dev.clew.model;

import dev.clew.messages.PlainData;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that the model's answer must be.
 *
 * @param name a name for the provider: letters of ASCII, digits, {@code _} and {@code -}
 * @param schema its JSON schema, of an object
 * @param isStrict whether the provider shall hold the model to the schema
 */
public record OutputFormat(String name, Map<String, @Nullable Object> schema, boolean isStrict) {
    /** Copies the schema. */
    public OutputFormat {
        Objects.requireNonNull(name, "name");
        schema = PlainData.copyOf(schema);
    }
}
