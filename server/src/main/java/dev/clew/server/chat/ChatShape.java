package dev.clew.server.chat;

import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.view.Schemas;
import dev.clew.value.TypeRef;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a workflow takes part in a chat: its input is a text or has messages, and its result or its state is a text or has
 * messages.
 *
 * @param takesText whether its input is a text; else it has messages
 */
public record ChatShape(boolean takesText) {
    private static final String MESSAGES = "messages";
    private static final String CONTENT = "content";

    /** The shape of a workflow; empty if it can be no model of a chat. */
    public static Optional<ChatShape> of(Served served) {
        boolean text = served.workflow().inputType().type() == String.class;
        boolean messages =
                !text && served.hasInput() && has(served, served.workflow().inputType());
        boolean answers = served.workflow().outputType().type() == String.class
                || has(served, served.workflow().outputType())
                || served.graph()
                        .filter(graph -> has(served, graph.stateSpec().shownType()))
                        .isPresent();
        return answers && (text || messages) ? Optional.of(new ChatShape(text)) : Optional.empty();
    }

    private static boolean has(Served served, TypeRef<?> type) {
        return Schemas.of(served, type).path("properties").has(MESSAGES);
    }

    /**
     * The input of a run: all messages, or the text of the last one, which must be the user's.
     *
     * @throws ApiRefusal if they have another form
     */
    public JsonNode input(JsonNode messages) {
        if (!(messages instanceof ArrayNode all) || all.isEmpty()) {
            throw ApiRefusal.invalid("'messages' must be a list of messages, at least one");
        }
        ArrayNode plain = Json.array();
        for (JsonNode each : all) {
            if (!(each instanceof ObjectNode message) || !message.path("role").isString()) {
                throw ApiRefusal.invalid("each of 'messages' must be an object with a 'role'");
            }
            plain.add(plain(message));
        }
        if (!takesText) {
            ObjectNode input = Json.object();
            input.set(MESSAGES, plain);
            return input;
        }
        JsonNode last = plain.get(plain.size() - 1);
        if (!last.get("role").asString().equals("user") || !last.path(CONTENT).isString()) {
            throw ApiRefusal.invalid("the last of 'messages' must be a text of the user: the workflow takes a text");
        }
        return last.get(CONTENT);
    }

    /** A message whose content consists of texts has one text. */
    private static ObjectNode plain(ObjectNode message) {
        return text(message.path(CONTENT))
                .map(text -> {
                    ObjectNode plain = message.deepCopy();
                    plain.put(CONTENT, text);
                    return plain;
                })
                .orElse(message);
    }

    /** The text that a run answers with; empty if what it gave has none. */
    public static Optional<String> answer(JsonNode result) {
        if (result.isString()) {
            return Optional.of(result.stringValue());
        }
        JsonNode only = result.path("output");
        if (only.isString() && result.size() == 1) {
            return Optional.of(only.stringValue());
        }
        JsonNode messages = result.path(MESSAGES);
        return messages.isArray() && !messages.isEmpty()
                ? text(messages.get(messages.size() - 1).path(CONTENT))
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode content) {
        if (content.isString()) {
            return Optional.of(content.stringValue());
        }
        if (!content.isArray()) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("text").isString()) {
                return Optional.empty();
            }
            all.append(part.get("text").stringValue());
        }
        return Optional.of(all.toString());
    }
}
