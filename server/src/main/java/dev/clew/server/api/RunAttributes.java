package dev.clew.server.api;

import dev.clew.server.auth.Principal;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.Body;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is attached to the runs that clients start: {@code context}, {@code configurable} as far as it is the application's, and
 * {@code principal} with who asks and what they may do. What proves who they are is not.
 */
final class RunAttributes {
    /** Words of the protocol, which say nothing to the application. */
    private static final Set<String> RESERVED = Set.of(
            "thread_id",
            "run_id",
            "assistant_id",
            "graph_id",
            "user_id",
            "checkpoint",
            "checkpoint_id",
            "checkpoint_ns",
            "checkpoint_map");

    private RunAttributes() {}

    static Map<String, Object> of(RunBody body, Principal who) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        put(attributes, "context", body.context());
        ObjectNode configurable =
                new Body(body.config()).inner("configurable").node().deepCopy();
        configurable.remove(RESERVED);
        List<String> internal = configurable.propertyNames().stream()
                .filter(name -> name.startsWith("__") || name.startsWith("langgraph_"))
                .toList();
        configurable.remove(internal);
        if (!configurable.isEmpty()) {
            put(attributes, "configurable", configurable);
        }
        if (!who.identity().isEmpty()) {
            attributes.put("principal", Map.of("identity", who.identity(), "permissions", who.permissions()));
        }
        return attributes;
    }

    private static void put(Map<String, Object> attributes, String name, @Nullable JsonNode value) {
        Object plain = value == null ? null : Json.plain(value);
        if (plain != null) {
            attributes.put(name, plain);
        }
    }
}
