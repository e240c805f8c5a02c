package dev.clew.json.message;

import dev.clew.json.shape.PlainShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Arguments that a model wrote as text. */
final class PlainText {
    private static final JsonFactory JSON = new JsonFactory();

    private PlainText() {}

    /**
     * Reads the text of an object; empty text is one without members, as some models write it.
     *
     * @throws IllegalMessageException if it is none; the message is for the model to read
     */
    static Map<String, @Nullable Object> object(String text) {
        if (text.isBlank()) {
            return Map.of();
        }
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            Object value = in.nextToken() == null ? null : PlainShape.plain(in);
            if (!(value instanceof Map<?, ?> map)) {
                throw new IllegalMessageException(
                        "the arguments must be a JSON object, and are " + IllegalMessageException.kind(value));
            }
            if (in.nextToken() != null) {
                throw new IllegalMessageException("there is more after the JSON object of the arguments");
            }
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
            return members;
        } catch (JacksonException e) {
            throw new IllegalMessageException(
                    "the arguments are no JSON: wrong at character "
                            + (e.getLocation() == null ? 0 : e.getLocation().getCharOffset()),
                    e);
        }
    }
}
