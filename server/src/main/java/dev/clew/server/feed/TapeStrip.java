package dev.clew.server.feed;

import dev.clew.server.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A piece of a run's tape: what the process heard that executes it, since the piece before.
 *
 * @param through up to which position nothing is missing, what the log has included
 * @param isFirst whether the tape begins with it
 * @param isLast whether the process tells nothing more: the run rests, or is left
 */
record TapeStrip(List<FeedEntry> entries, long through, boolean isFirst, boolean isLast) {
    TapeStrip {
        entries = List.copyOf(entries);
    }

    byte[] bytes() {
        ObjectNode node = Json.object();
        node.put("through", through);
        node.put("first", isFirst);
        node.put("last", isLast);
        ArrayNode all = Json.array();
        entries.forEach(entry -> all.add(TapeEvents.write(entry)));
        node.set("entries", all);
        return Json.bytes(node);
    }

    static TapeStrip read(byte[] bytes) {
        JsonNode node = Json.read(bytes);
        List<FeedEntry> entries = new ArrayList<>();
        node.get("entries").forEach(entry -> entries.add(TapeEvents.read(entry)));
        return new TapeStrip(
                entries,
                node.get("through").longValue(),
                node.get("first").booleanValue(),
                node.get("last").booleanValue());
    }
}
