package dev.clew.server.a2a;

import dev.clew.server.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an assistant says of itself, in a form that clients of both versions read.
 *
 * @param id the assistant's
 * @param url where its messages are sent
 * @param shape what it takes
 */
public record AgentCard(String id, String name, String description, String url, InputShape shape) {
    private static final List<String> OUTPUTS = List.of("application/json", "text/plain");
    private static final String BINDING = "JSONRPC";

    /** The card. */
    public ObjectNode json() {
        ObjectNode card = Json.object();
        card.put("name", name);
        card.put("description", description);
        card.put("version", "1");
        card.put("url", url);
        card.put("protocolVersion", "0.3.0");
        card.put("preferredTransport", BINDING);
        card.set("supportedInterfaces", Json.array().add(served("1.0")).add(served("0.3")));
        ObjectNode capabilities = Json.object();
        capabilities.put("streaming", true);
        capabilities.put("pushNotifications", false);
        capabilities.put("stateTransitionHistory", false);
        card.set("capabilities", capabilities);
        card.set("defaultInputModes", texts(shape.modes()));
        card.set("defaultOutputModes", texts(OUTPUTS));
        card.set("skills", Json.array().add(skill()));
        return card;
    }

    private ObjectNode served(String version) {
        ObjectNode one = Json.object();
        one.put("url", url);
        one.put("protocolBinding", BINDING);
        one.put("protocolVersion", version);
        return one;
    }

    private ObjectNode skill() {
        ObjectNode skill = Json.object();
        skill.put("id", id + "-main");
        skill.put("name", name);
        skill.put("description", description);
        skill.set("tags", Json.array().add("workflow"));
        skill.set("examples", Json.array());
        skill.set("inputModes", texts(shape.modes()));
        skill.set("outputModes", texts(OUTPUTS));
        JsonNode schema = shape.schema();
        if (schema != null) {
            ObjectNode metadata = Json.object();
            metadata.set("inputSchema", schema);
            skill.set("metadata", metadata);
        }
        return skill;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode all = Json.array();
        texts.forEach(all::add);
        return all;
    }
}
