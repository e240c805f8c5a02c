package dev.clew.server.transcript;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Server-sent events as a recorded answer has them, and the comparison of two lists of them. */
final class EventList {
    private static final JsonMapper JSON = new JsonMapper();

    private EventList() {}

    /** Reads the frames of a body; comments and an unfinished last frame are left out. */
    static List<JsonNode> parse(String body) {
        List<JsonNode> events = new ArrayList<>();
        String[] frames = body.replace("\r\n", "\n").split("\n\n", -1);
        for (int i = 0; i < frames.length - 1; i++) {
            ObjectNode event = JSON.createObjectNode();
            for (String line : frames[i].split("\n")) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    String field = line.substring(0, colon);
                    String value = line.substring(colon + 1).stripLeading();
                    event.set(field, field.equals("data") ? JSON.readTree(value) : JSON.valueToTree(value));
                }
            }
            if (!event.isEmpty()) {
                events.add(event);
            }
        }
        return events;
    }

    /** Aligns the two lists by the kinds of their events, then compares those that stand for each other. */
    static void compare(Comparison comparison, List<JsonNode> expected, List<JsonNode> actual) {
        int[][] common = new int[expected.size() + 1][actual.size() + 1];
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = actual.size() - 1; j >= 0; j--) {
                common[i][j] = kind(expected.get(i)).equals(kind(actual.get(j)))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size()
                    && j < actual.size()
                    && kind(expected.get(i)).equals(kind(actual.get(j)))) {
                compare(comparison, expected.get(i++), actual.get(j++));
            } else if (j >= actual.size() || i < expected.size() && common[i + 1][j] >= common[i][j + 1]) {
                JsonNode event = expected.get(i++);
                comparison.add("events[" + name(event) + "]", "missing", event.toString(), "nothing");
            } else {
                JsonNode event = actual.get(j++);
                comparison.add("events[" + name(event) + "]", "extra", "nothing", event.toString());
            }
        }
    }

    private static void compare(Comparison comparison, JsonNode expected, JsonNode actual) {
        comparison.compare("events[" + name(expected) + "].data", expected.path("data"), actual.path("data"));
        JsonNode id = expected.path("id");
        if (!id.isMissingNode() && actual.path("id").isMissingNode()) {
            comparison.add("events[" + name(expected) + "].id", "missing", id.toString(), "nothing");
        } else if (!id.isMissingNode()) {
            comparison.bind(id.asString(), actual.path("id").asString());
        }
    }

    /** The event's name without ids, such as {@code values|inner}. */
    private static String name(JsonNode event) {
        return event.path("event").asString("").replaceAll(":[^|]*", "");
    }

    /** What makes two events stand for each other: the name, the task and whether it starts or ends, the phase. */
    private static String kind(JsonNode event) {
        JsonNode data = event.path("data");
        String kind = name(event);
        if (kind.startsWith("tasks")) {
            return kind + " " + data.path("name").asString("") + (data.has("triggers") ? " start" : " end");
        }
        if (kind.startsWith("updates") && data.isObject()) {
            return kind + " " + data.propertyNames();
        }
        return kind + " " + data.at("/params/data/event").asString("")
                + data.at("/params/node").asString("");
    }
}
