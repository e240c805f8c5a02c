package dev.clew.server.view;

import dev.clew.server.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How values that are no objects travel. LangGraph's JavaScript client takes every value for an object, and breaks at a text, a
 * number or null.
 *
 * <pre>{@code
 * Scalars.WRAP.out(Json.text("rain"));   // {"output": "rain"}
 * }</pre>
 */
public enum Scalars {
    /** As the member {@code output} of an object. */
    WRAP,
    /** As they are, in results; states have them as {@link #WRAP}. */
    RAW;

    private static final String OUTPUT = "output";

    /** A value as an object; the empty object for none. */
    public static ObjectNode object(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        ObjectNode wrapped = Json.object();
        if (!value.isNull()) {
            wrapped.set(OUTPUT, value);
        }
        return wrapped;
    }

    /** A result as it travels. */
    public JsonNode out(JsonNode value) {
        if (this == RAW) {
            return value;
        }
        if (value.isNull()) {
            ObjectNode wrapped = Json.object();
            wrapped.set(OUTPUT, value);
            return wrapped;
        }
        return object(value);
    }

    /** A value that came as an object, if it is one that was wrapped. */
    public static JsonNode in(JsonNode value) {
        return value instanceof ObjectNode object && object.size() == 1 && object.has(OUTPUT)
                ? object.get(OUTPUT)
                : value;
    }
}
