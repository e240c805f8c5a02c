package dev.clew.server.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares recorded JSON with ours: the same shape, order and values, with placeholders for ids and times. */
final class Comparison {
    private final Bindings bindings;
    private final List<Difference> found = new ArrayList<>();

    Comparison(Bindings bindings) {
        this.bindings = bindings;
    }

    List<Difference> found() {
        return found;
    }

    void add(String path, String what, String expected, String actual) {
        found.add(new Difference(path, what, expected, actual));
    }

    /** Binds the id of an event, and compares nothing: the recorded server gave one id to several events. */
    void bind(String expected, String actual) {
        bindings.match(expected, actual);
    }

    void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isString() && Bindings.anything(expected.stringValue())) {
            return;
        }
        if (expected.isNull() && actual.isObject() && actual.isEmpty()) {
            return; // values that are not there yet: null there, {} here
        }
        if (expected.isObject() && actual.isObject()) {
            objects(path, expected, actual);
        } else if (expected.isArray() && actual.isArray()) {
            arrays(path, expected, actual);
        } else if (expected.isString() && actual.isString()) {
            if (!bindings.match(expected.stringValue(), actual.stringValue())) {
                add(path, "value", expected.toString(), actual.toString());
            }
        } else if (expected.isNumber() && actual.isNumber()) {
            if (expected.doubleValue() != actual.doubleValue()) {
                add(path, "value", expected.toString(), actual.toString());
            }
        } else if (!expected.equals(actual)) {
            add(path, "value", expected.toString(), actual.toString());
        }
    }

    private void objects(String path, JsonNode expected, JsonNode actual) {
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            String name = field.getKey();
            String at = path + "." + name(name);
            JsonNode value = field.getValue();
            JsonNode ours = ours(name, actual);
            if (ours.isMissingNode()) {
                if (!value.isString() || !Bindings.optional(value.stringValue())) {
                    add(at, "missing", value.toString(), "nothing");
                }
            } else if (name.equals("detail") && value.isString()) {
                if (!ours.isString() || ours.stringValue().isBlank()) {
                    add(at, "value", "a sentence", ours.toString());
                }
            } else {
                compare(at, value, ours);
            }
        }
        for (Map.Entry<String, JsonNode> field : actual.properties()) {
            if (expected.properties().stream().noneMatch(e -> matches(e.getKey(), field.getKey()))) {
                add(
                        path + "." + name(field.getKey()),
                        "extra",
                        "nothing",
                        field.getValue().toString());
            }
        }
    }

    /** A key may be an id, too, as in the map from tasks to questions. */
    private JsonNode ours(String name, JsonNode actual) {
        if (!name.contains("<")) {
            return actual.path(name);
        }
        for (Map.Entry<String, JsonNode> field : actual.properties()) {
            if (bindings.match(name, field.getKey())) {
                return field.getValue();
            }
        }
        return actual.path(name);
    }

    private boolean matches(String expected, String actual) {
        return expected.equals(actual) || expected.contains("<") && bindings.match(expected, actual);
    }

    /** Ids and ids of runs in keys would make a path of one replay only. */
    private static String name(String key) {
        return key.replaceAll("<.*>|[0-9a-f-]{32,}", "<id>");
    }

    private void arrays(String path, JsonNode expected, JsonNode actual) {
        if (expected.size() != actual.size()) {
            add(path, "size", expected.size() + ": " + expected, actual.size() + ": " + actual);
        }
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            compare(path + "[]", expected.get(i), actual.get(i));
        }
    }
}
