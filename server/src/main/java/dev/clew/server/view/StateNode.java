package dev.clew.server.view;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A state as clients read it, while it is put together. */
final class StateNode {
    private final ObjectNode node = Json.object();
    private final String threadId;
    private final ArrayNode tasks = Json.array();
    private final ArrayNode next = Json.array();
    private final ArrayNode interrupts = Json.array();

    StateNode(String threadId, JsonNode values) {
        this.threadId = threadId;
        node.set("values", values);
        node.set("next", next);
        node.set("tasks", tasks);
    }

    /** The state of a thread that never ran. */
    static ObjectNode empty(String threadId) {
        return new StateNode(threadId, Json.object()).at(null, null, null, Json.object());
    }

    void next(String name) {
        next.add(name);
    }

    /**
     * Adds what is to be done, or was done after this state.
     *
     * @param error why it failed; null if it has not
     * @param result what it gave; null if it has not
     * @param state the state of the graph that it is; null if it is none, or is not asked for
     */
    void task(
            String id,
            String name,
            @Nullable String error,
            List<? extends PendingInterrupt<?, ?>> pending,
            @Nullable JsonNode result,
            @Nullable JsonNode state) {
        ArrayNode questions = Questions.of(pending);
        ObjectNode task = Json.object();
        task.put("id", id);
        task.put("name", name);
        task.set("path", Json.array().add("__pregel_pull").add(name));
        task.set("error", Json.text(error));
        task.set("interrupts", questions);
        task.set("checkpoint", Json.nothing());
        task.set("state", state == null ? Json.nothing() : state);
        task.set("result", result == null ? Json.nothing() : result);
        tasks.add(task);
        questions.forEach(interrupts::add);
    }

    /** Says where the state is in its thread; that completes it. */
    ObjectNode at(
            @Nullable String checkpointId,
            @Nullable String parentId,
            @Nullable Instant createdAt,
            ObjectNode metadata) {
        node.set("metadata", metadata);
        node.set("created_at", Json.time(createdAt));
        node.set("checkpoint", checkpoint(threadId, checkpointId));
        node.set("parent_checkpoint", parentId == null ? Json.nothing() : checkpoint(threadId, parentId));
        node.set("interrupts", interrupts);
        node.set("checkpoint_id", id(checkpointId));
        node.set("parent_checkpoint_id", id(parentId));
        return node;
    }

    private static JsonNode id(@Nullable String checkpointId) {
        return checkpointId == null ? Json.nothing() : Json.text(CheckpointIds.out(checkpointId));
    }

    static ObjectNode checkpoint(String threadId, @Nullable String checkpointId) {
        ObjectNode checkpoint = Json.object();
        checkpoint.put("thread_id", threadId);
        checkpoint.put("checkpoint_ns", "");
        checkpoint.set("checkpoint_id", id(checkpointId));
        return checkpoint;
    }

    /** What clients read of where a state is from, and what was attached to its run. */
    static ObjectNode metadata(
            Served served, String threadId, @Nullable String runId, String source, int step, Map<String, String> more) {
        ObjectNode metadata = Json.object();
        more.forEach(metadata::put);
        metadata.put("graph_id", served.graphId());
        metadata.put("assistant_id", served.assistantId());
        metadata.put("thread_id", threadId);
        if (runId != null) {
            metadata.put("run_id", runId);
        }
        metadata.put("run_attempt", 1);
        metadata.put("source", source);
        metadata.put("step", step);
        metadata.set("parents", Json.object());
        return metadata;
    }
}
