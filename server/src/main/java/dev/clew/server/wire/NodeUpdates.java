package dev.clew.server.wire;

import dev.clew.server.json.Json;
import tools.jackson.databind.JsonNode;

/** What a node gave, as it is stored, and as clients read it: its update of the state, without where it routes. */
final class NodeUpdates {
    private NodeUpdates() {}

    static JsonNode of(JsonNode stored) {
        JsonNode update = stored.get("update");
        return update == null ? Json.nothing() : update;
    }
}
