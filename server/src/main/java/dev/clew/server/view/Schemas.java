package dev.clew.server.view;

import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.value.TypeRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas as clients read them: what the root refers to stands in it, because forms look for the members there. */
public final class Schemas {
    private static final String DEFINITIONS = "#/$defs/";

    private Schemas() {}

    /** The schema of a type; null if the codec cannot describe it. */
    public static JsonNode of(Served served, TypeRef<?> type) {
        return served.workflow().schema(type).map(Schemas::of).orElseGet(Json::nothing);
    }

    /** The schema in a text. */
    public static JsonNode of(String text) {
        JsonNode schema = Json.read(text);
        JsonNode reference = schema.get("$ref");
        JsonNode definitions = schema.get("$defs");
        if (!(schema instanceof ObjectNode root) || reference == null || definitions == null) {
            return schema;
        }
        JsonNode referred = definitions.get(reference.asString().replace(DEFINITIONS, ""));
        if (!(referred instanceof ObjectNode members)) {
            return schema;
        }
        root.remove("$ref");
        members.properties().forEach(member -> root.set(member.getKey(), member.getValue()));
        return root;
    }
}
