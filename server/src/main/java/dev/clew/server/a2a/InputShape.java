package dev.clew.server.a2a;

import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.view.Schemas;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a message becomes the input of a workflow.
 *
 * <pre>{@code
 * JsonNode input = InputShape.of(served).input(message);
 * }</pre>
 *
 * @param workflow its name
 * @param schema of the input; null if the codec cannot describe it
 */
public record InputShape(
        String workflow, Kind kind, @Nullable JsonNode schema) {
    private static final String INPUT = "input";
    private static final String MESSAGES = "messages";

    /** The kinds of inputs. */
    public enum Kind {
        /** There is none. */
        NONE,
        /** A text. */
        TEXT,
        /** An object with messages of a chat. */
        MESSAGES,
        /** Another value. */
        DATA
    }

    /** The shape of a workflow's input. */
    public static InputShape of(Served served) {
        if (!served.hasInput()) {
            return new InputShape(served.graphId(), Kind.NONE, null);
        }
        JsonNode schema = Schemas.of(served, served.workflow().inputType());
        Kind kind = served.workflow().inputType().type() == String.class
                ? Kind.TEXT
                : schema.path("properties").has(MESSAGES) ? Kind.MESSAGES : Kind.DATA;
        return new InputShape(served.graphId(), kind, schema.isNull() ? null : schema);
    }

    /** The types of content that it takes. */
    List<String> modes() {
        return switch (kind) {
            case TEXT -> List.of("text/plain");
            case DATA -> List.of("application/json");
            case NONE, MESSAGES -> List.of("application/json", "text/plain");
        };
    }

    /**
     * The input that a message is; null if the workflow takes none.
     *
     * @throws RpcFault if the message has what the workflow does not take
     */
    public @Nullable JsonNode input(Incoming message) {
        return switch (kind) {
            case NONE -> null;
            case TEXT -> text(message);
            case MESSAGES -> messages(message);
            case DATA -> data(message);
        };
    }

    private JsonNode text(Incoming message) {
        if (message.value().isPresent()) {
            throw wrong("a part of text, and no data");
        }
        return Json.text(message.text().orElse(""));
    }

    private RpcFault wrong(String wanted) {
        return RpcFault.invalid("the workflow '" + workflow + "' takes " + wanted);
    }

    private JsonNode messages(Incoming message) {
        JsonNode value = message.value().orElseGet(Json::object);
        if (!(value instanceof ObjectNode object)) {
            throw wrong("messages: a part of text, or data that is an object");
        }
        ObjectNode input = object.deepCopy();
        message.text().ifPresent(text -> input.set(MESSAGES, appended(input, text)));
        return input;
    }

    private static ArrayNode appended(ObjectNode input, String text) {
        ArrayNode messages = input.get(MESSAGES) instanceof ArrayNode known ? known : Json.array();
        ObjectNode message = Json.object();
        message.put("role", "user");
        message.put("content", text);
        return messages.add(message);
    }

    /** Data of version 0.3 is an object; an input that is none is its member {@code input}. */
    private JsonNode data(Incoming message) {
        if (message.text().isPresent()) {
            throw wrong("a part of data, and no text");
        }
        JsonNode value = message.value().orElseGet(Json::nothing);
        boolean isWrapped = value.size() == 1 && value.has(INPUT) && schema != null && !takesObject(schema);
        return isWrapped ? value.get(INPUT) : value;
    }

    private static boolean takesObject(JsonNode schema) {
        return schema.path("type").asString("object").equals("object");
    }
}
