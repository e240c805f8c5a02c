package dev.clew.server.view;

import dev.clew.flow.RunConfig;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The states of the threads of one workflow, as clients read them. */
public interface States {
    static States of(Served served) {
        return served.graph()
                .<States>map(graph -> new GraphStates(served, graph))
                .orElseGet(() -> new ValueStates(served));
    }

    /** The state of a thread that never ran. */
    static ObjectNode none(String threadId) {
        return StateNode.empty(threadId);
    }

    /**
     * A state.
     *
     * @param checkpointId null for the newest one
     * @param inner whether the states of graphs in nodes are wanted, too
     * @return empty if there is no such checkpoint
     */
    Optional<ObjectNode> state(String threadId, @Nullable String checkpointId, boolean inner);

    /**
     * The states of a thread, newest first.
     *
     * @param before only states older than this checkpoint; null for all
     */
    Stream<ObjectNode> history(String threadId, @Nullable String before);

    /** The present values of a thread: an object. */
    ObjectNode values(String threadId);

    /**
     * The values of a thread at a pause that may be over.
     *
     * @param checkpointId the thread's newest checkpoint then
     * @param at when the run came to rest
     */
    ObjectNode paused(String threadId, String runId, String checkpointId, Instant at);

    /** What a completed run gave its caller; of a graph, its state at the end. */
    JsonNode result(String threadId, String outputCheckpoint);

    /**
     * Sets the value by hand.
     *
     * @param config names the thread, and perhaps a checkpoint to branch off from
     * @param values what is set; null for nothing
     * @param asNode as if this node had given it; null if that is not said
     * @return names the new state
     */
    RunConfig update(RunConfig config, @Nullable JsonNode values, @Nullable String asNode);

    /** A member of a document by name, as a text; null if there is none. */
    static @Nullable String textAt(JsonNode document, String name) {
        JsonNode member = document.get(name);
        return member == null || member.isNull() ? null : member.asString();
    }

    /** Metadata of a state that a caller asks for. */
    static boolean matches(ObjectNode state, ObjectNode wanted) {
        JsonNode metadata = state.get("metadata");
        List<String> names = wanted.propertyNames().stream().toList();
        return names.stream().allMatch(name -> {
            JsonNode member = metadata == null ? Json.nothing() : metadata.get(name);
            return member != null && isSame(member, wanted.get(name));
        });
    }

    /** A number and its text are the same here. */
    private static boolean isSame(JsonNode member, JsonNode wanted) {
        return member.isValueNode() && wanted.isValueNode()
                ? member.asString().equals(wanted.asString())
                : Json.isSame(member, wanted);
    }
}
