package dev.clew.server.a2a;

import dev.clew.server.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a version of the protocol writes tasks, messages and updates. */
public enum Dialect {
    /** Each object says its kind; states and roles are words. */
    V03,
    /** Objects are told apart by their members; states and roles are constants. */
    V10;

    private boolean isOld() {
        return this == V03;
    }

    private ObjectNode of(String kind) {
        ObjectNode node = Json.object();
        if (isOld()) {
            node.put("kind", kind);
        }
        return node;
    }

    /** A task. */
    public ObjectNode task(TaskFacts task) {
        ObjectNode node = of("task");
        node.put("id", task.id().text());
        node.put("contextId", task.id().threadId());
        node.set("status", status(task.id(), task.status()));
        ArrayNode history = Json.array();
        task.history().forEach(said -> history.add(message(task.id(), said)));
        node.set("history", history);
        if (!task.artifacts().isEmpty()) {
            ArrayNode artifacts = Json.array();
            task.artifacts().forEach(one -> artifacts.add(artifact(one)));
            node.set("artifacts", artifacts);
        }
        return node;
    }

    /** What sending a message gives. */
    public ObjectNode sent(TaskFacts task) {
        return isOld() ? task(task) : member("task", task(task));
    }

    /** A task as the first event of a stream. */
    ObjectNode first(TaskFacts task) {
        return sent(task);
    }

    /**
     * An event that says what a task is doing.
     *
     * @param isLast whether the stream ends with it
     */
    ObjectNode update(TaskId task, TaskFacts.Status status, boolean isLast) {
        ObjectNode node = event("status-update", task);
        node.set("status", status(task, status));
        if (isOld()) {
            node.put("final", isLast);
            return node;
        }
        return member("statusUpdate", node);
    }

    /** An event that has a whole artifact. */
    ObjectNode update(TaskId task, TaskFacts.Artifact artifact) {
        ObjectNode node = event("artifact-update", task);
        node.set("artifact", artifact(artifact));
        node.put("append", false);
        node.put("lastChunk", true);
        return isOld() ? node : member("artifactUpdate", node);
    }

    private ObjectNode event(String kind, TaskId task) {
        ObjectNode node = of(kind);
        node.put("taskId", task.text());
        node.put("contextId", task.threadId());
        return node;
    }

    private static ObjectNode member(String name, ObjectNode value) {
        ObjectNode node = Json.object();
        node.set(name, value);
        return node;
    }

    private ObjectNode status(TaskId task, TaskFacts.Status status) {
        ObjectNode node = Json.object();
        node.put("state", isOld() ? status.state().word() : status.state().constant());
        node.put("timestamp", time(status.at()));
        if (status.message() != null) {
            node.set("message", message(task, status.message()));
        }
        return node;
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private ObjectNode message(TaskId task, Said said) {
        ObjectNode node = of("message");
        String word = said.isOfUser() ? "user" : "agent";
        node.put("role", isOld() ? word : said.isOfUser() ? "ROLE_USER" : "ROLE_AGENT");
        node.set("parts", parts(said.parts()));
        node.put("messageId", said.id());
        node.put("taskId", task.text());
        node.put("contextId", task.threadId());
        return node;
    }

    private ObjectNode artifact(TaskFacts.Artifact artifact) {
        ObjectNode node = Json.object();
        node.put("artifactId", artifact.id());
        node.put("name", artifact.name());
        node.put("description", artifact.description());
        node.set("parts", parts(artifact.parts()));
        return node;
    }

    private ArrayNode parts(List<Part> parts) {
        ArrayNode all = Json.array();
        parts.forEach(part -> all.add(part(part)));
        return all;
    }

    private ObjectNode part(Part part) {
        if (part instanceof Part.Text text) {
            ObjectNode node = of("text");
            node.put("text", text.text());
            return node;
        }
        ObjectNode node = of("data");
        node.set("data", data(((Part.Data) part).value()));
        return node;
    }

    /** Data of version 0.3 is an object. */
    private JsonNode data(JsonNode value) {
        if (!isOld() || value.isObject()) {
            return value;
        }
        ObjectNode wrapped = Json.object();
        wrapped.set("value", value);
        return wrapped;
    }

    /** An answer to a message. */
    public ObjectNode answer(JsonNode id, JsonNode result) {
        ObjectNode node = envelope(id);
        node.set("result", result);
        return node;
    }

    /** A refusal of a message. */
    public ObjectNode error(JsonNode id, RpcFault fault) {
        ObjectNode node = envelope(id);
        ObjectNode error = Json.object();
        error.put("code", fault.kind().code());
        error.put("message", fault.sentence());
        if (!isOld()) {
            ObjectNode info = Json.object();
            info.put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
            info.put("reason", fault.kind().name());
            info.put("domain", "a2a-protocol.org");
            error.set("data", Json.array().add(info));
        }
        node.set("error", error);
        return node;
    }

    private static ObjectNode envelope(@Nullable JsonNode id) {
        ObjectNode node = Json.object();
        node.put("jsonrpc", "2.0");
        node.set("id", id == null ? Json.nothing() : id);
        return node;
    }
}
