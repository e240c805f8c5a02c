package dev.clew.server.api;

import dev.clew.server.auth.Principal;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is stored of a request to be shown again.
 *
 * @param graphId what its assistant serves
 * @param strategy what was to happen if the thread was busy
 * @param identity who asked; empty if nobody has to say so
 * @param taped whether other servers are to have what is heard of the run and in no log
 */
record RequestContent(
        String graphId, ObjectNode kwargs, ObjectNode metadata, String strategy, String identity, boolean taped) {
    static RequestContent of(RunBody body, Principal who) {
        return new RequestContent(
                body.served().graphId(),
                body.kept(),
                body.metadata(),
                body.strategy().word(),
                who.identity(),
                body.resumable());
    }

    static RequestContent read(byte[] stored) {
        ObjectNode node = (ObjectNode) Json.read(stored);
        return new RequestContent(
                text(node, "graph_id"),
                object(node, "kwargs"),
                object(node, "metadata"),
                text(node, "multitask_strategy"),
                text(node, "identity"),
                node.path("taped").asBoolean(false));
    }

    /** Of a run that no client of a server asked for. */
    static RequestContent none(Served served) {
        return new RequestContent(
                served.graphId(), Json.object(), Json.object(), RunBody.Strategy.ENQUEUE.word(), "", false);
    }

    byte[] bytes() {
        ObjectNode node = Json.object();
        node.put("graph_id", graphId);
        node.set("kwargs", kwargs);
        node.set("metadata", metadata);
        node.put("multitask_strategy", strategy);
        node.put("identity", identity);
        node.put("taped", taped);
        return Json.bytes(node);
    }

    /** All that a body asks for, as a text that is the same if the same is asked. */
    static String asked(RunBody body) {
        ObjectNode asked = Json.object();
        asked.put("graph_id", body.served().graphId());
        asked.set("kwargs", body.kwargs());
        asked.set("metadata", body.metadata());
        asked.put("multitask_strategy", body.strategy().word());
        asked.put("delay", body.delay().toMillis());
        asked.put("checkpoint", String.valueOf(body.checkpoint()));
        return Json.write(sorted(asked));
    }

    /** The same with the members of each object in the order of their names. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> members = new TreeMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            ObjectNode sorted = Json.object();
            members.forEach(sorted::set);
            return sorted;
        } else if (node instanceof ArrayNode array) {
            ArrayNode sorted = Json.array();
            array.forEach(one -> sorted.add(sorted(one)));
            return sorted;
        }
        return node;
    }

    private static String text(ObjectNode node, String name) {
        JsonNode member = node.get(name);
        return member == null || member.isNull() ? "" : member.asString();
    }

    private static ObjectNode object(ObjectNode node, String name) {
        return node.get(name) instanceof ObjectNode object ? object : Json.object();
    }
}
