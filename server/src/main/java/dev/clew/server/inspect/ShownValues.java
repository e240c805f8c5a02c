package dev.clew.server.inspect;

import dev.clew.server.api.Parts;
import dev.clew.server.catalog.Served;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What steps recorded, without the components of states that are hidden from clients: at any depth, since a step may be given a
 * state, and the state of an agent that it calls. A member of a value that happens to have such a name is left out, too.
 */
record ShownValues(Set<String> hidden) {
    ShownValues {
        hidden = Set.copyOf(hidden);
    }

    /** Hides what any graph hides that is served. */
    static ShownValues of(Parts parts) {
        Set<String> hidden = new HashSet<>();
        parts.catalog().all().stream()
                .map(Served::graph)
                .flatMap(java.util.Optional::stream)
                .forEach(graph -> hidden.addAll(graph.hidden()));
        return new ShownValues(hidden);
    }

    /** The value with nothing hidden in it. It is changed in place. */
    JsonNode shown(JsonNode value) {
        if (hidden.isEmpty()) {
            return value;
        }
        if (value instanceof ObjectNode object) {
            List<String> left =
                    object.propertyNames().stream().filter(this::isHidden).toList();
            object.remove(left);
            object.forEach(this::strip);
        } else if (value instanceof ArrayNode array) {
            array.forEach(this::strip);
        }
        return value;
    }

    private void strip(JsonNode value) {
        JsonNode unused = shown(value);
    }

    /** Whether a name is that of a hidden component; a further update of one has its name and a number. */
    boolean isHidden(String name) {
        int plus = name.indexOf('+');
        return hidden.contains(plus < 0 ? name : name.substring(0, plus));
    }
}
