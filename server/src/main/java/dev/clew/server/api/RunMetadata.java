package dev.clew.server.api;

import dev.clew.server.view.Ids;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Metadata of a run, which is texts; anything else is kept as JSON. */
final class RunMetadata {
    private static final int LONGEST_NAME = 200;

    private RunMetadata() {}

    static Map<String, String> texts(ObjectNode metadata) {
        Map<String, String> texts = new LinkedHashMap<>();
        metadata.properties().forEach(member -> {
            String name = member.getKey();
            if (!name.isBlank() && name.length() <= LONGEST_NAME) {
                JsonNode value = member.getValue();
                String text = value.isString() ? value.stringValue() : value.toString();
                texts.put(Ids.requireWellFormed("metadata", name), Ids.requireWellFormed("metadata", text));
            }
        });
        return texts;
    }
}
