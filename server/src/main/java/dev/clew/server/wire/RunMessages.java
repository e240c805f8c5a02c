package dev.clew.server.wire;

import dev.clew.json.message.MessageAssembly;
import dev.clew.json.message.MessageJson;
import dev.clew.messages.MessageChunk;
import dev.clew.server.catalog.NameUuid;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.feed.Paths;
import dev.clew.server.json.Json;
import dev.clew.state.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as the run endpoints send them: each piece as it comes ({@code messages-tuple}), or the message as it grows
 * ({@code messages}). Used by one thread at a time.
 */
final class RunMessages {
    private final RunFrames.Subject subject;
    private final Set<String> modes;
    private final Output output;

    /** Messages that are not complete, by their ids. */
    private final Map<String, MessageAssembly> messages = new HashMap<>();

    /** The ids of messages that are not complete, by the paths of their steps. */
    private final Map<String, Set<String>> messagePaths = new HashMap<>();

    /** Takes an event. */
    @FunctionalInterface
    interface Output {
        void send(String event, String path, JsonNode data);
    }

    RunMessages(RunFrames.Subject subject, Set<String> modes, Output output) {
        this.subject = subject;
        this.modes = modes;
        this.output = output;
    }

    void add(FeedEvent.Piece piece) {
        if (!modes.contains("messages-tuple") && !modes.contains("messages")) {
            return;
        }
        ObjectNode metadata = metadata(piece);
        MessageChunk chunk = piece.chunk().withId(piece.messageId());
        if (modes.contains("messages-tuple")) {
            ArrayNode pair = Json.array();
            pair.add(Json.of(MessageJson.full(chunk)));
            pair.add(metadata);
            output.send("messages", piece.path(), pair);
        }
        if (modes.contains("messages")) {
            partial(piece.path(), chunk, metadata);
        }
    }

    private ObjectNode metadata(FeedEvent.Piece piece) {
        boolean isNode = Paths.kind(piece.path()) == StepKind.NODE;
        List<String> outside = Paths.namespace(subject.threadId(), subject.runId(), piece.path());
        List<String> inside = new ArrayList<>(outside);
        inside.add(piece.name() + ":" + NameUuid.ofStep(subject.threadId(), subject.runId(), piece.path()));
        ObjectNode metadata = Json.object();
        metadata.put("created_by", "system");
        metadata.put("graph_id", subject.graphId());
        metadata.put("assistant_id", subject.assistantId());
        metadata.put("run_attempt", 1);
        metadata.put("thread_id", subject.threadId());
        metadata.put("run_id", subject.requestId());
        metadata.put("langgraph_step", piece.step());
        metadata.put("langgraph_node", piece.name());
        metadata.set("langgraph_triggers", Json.array().add(isNode ? "branch:to:" + piece.name() : "__pregel_push"));
        if (isNode) {
            metadata.set("langgraph_path", Json.array().add("__pregel_pull").add(piece.name()));
        }
        metadata.put("langgraph_checkpoint_ns", String.join("|", inside));
        metadata.put("checkpoint_ns", String.join("|", outside.isEmpty() ? inside : outside));
        metadata.put("ls_integration", "langchain_chat_model");
        metadata.put("ls_model_type", "chat");
        metadata.set("tags", Json.array());
        return metadata;
    }

    private void partial(String path, MessageChunk chunk, ObjectNode metadata) {
        String messageId = String.valueOf(chunk.id());
        if (!messages.containsKey(messageId)) {
            ObjectNode named = Json.object();
            ObjectNode holder = Json.object();
            holder.set("metadata", metadata);
            named.set(messageId, holder);
            output.send("messages/metadata", path, named);
        }
        MessageAssembly message = messages.computeIfAbsent(messageId, key -> new MessageAssembly());
        message.add(chunk);
        output.send("messages/partial", path, whole(message));
        messagePaths.computeIfAbsent(path, key -> new LinkedHashSet<>()).add(messageId);
    }

    /** Clients of these endpoints know no void messages: the message is never completed, and the next values do not have it. */
    void voided(FeedEvent.Voided voided) {
        messages.remove(voided.messageId());
        messagePaths.getOrDefault(voided.path(), new LinkedHashSet<>()).remove(voided.messageId());
    }

    /** The step ended that emitted the pieces. Clients know the message's end by the next values. */
    void ended(String path) {
        Set<String> ended = messagePaths.remove(path);
        if (ended != null) {
            messages.keySet().removeAll(ended);
        }
    }

    private static ArrayNode whole(MessageAssembly message) {
        return Json.array().add(Json.of(MessageJson.full(message.message())));
    }
}
