package dev.clew.server.api;

import dev.clew.interrupt.PendingInterrupt;
import dev.clew.server.a2a.Incoming;
import dev.clew.server.a2a.InputShape;
import dev.clew.server.a2a.RpcFault;
import dev.clew.server.a2a.RpcFault.Kind;
import dev.clew.server.a2a.TaskContent;
import dev.clew.server.a2a.TaskId;
import dev.clew.server.a2a.TaskState;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.NameUuid;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.state.ThreadState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages of users as requests of runs. A message that is sent twice is one request. */
record A2aMessages(Gate gate, RequestBook book, RunsApi runs, A2aTasks tasks) {
    /** Starts a task, or answers one. */
    RunStarter.Started send(ApiRequest request, A2aAgents.Agent agent, Incoming message) {
        // A client that calls an answer as it called its first message sends another one.
        String key = NameUuid.ofMessage(agent.id(), message.taskId().orElse(""), message.id());
        if (message.taskId().isPresent()) {
            return answer(request, agent, message, key);
        }
        ObjectNode body = body(agent, message);
        JsonNode input = InputShape.of(agent.served()).input(message);
        if (input != null) {
            body.set("input", input);
        }
        if (message.contextId().isPresent()) {
            body.put("if_not_exists", "create");
            return runs.start(request.on(Map.of("thread_id", message.contextId().get()), body, key));
        }
        body.put("on_completion", "keep");
        return runs.startAlone(request.on(Map.of(), body, key));
    }

    private static ObjectNode body(A2aAgents.Agent agent, Incoming message) {
        ObjectNode body = Json.object();
        body.put("assistant_id", agent.id());
        ObjectNode metadata = message.metadata().deepCopy();
        metadata.put(TaskContent.MESSAGE_ID, message.id());
        body.set("metadata", metadata);
        return body;
    }

    private RunStarter.Started answer(ApiRequest request, A2aAgents.Agent agent, Incoming message, String key) {
        String named = message.taskId().orElseThrow();
        A2aTasks.Found task = tasks.find(request, gate, Operation.Threads.CREATE_RUN, named, agent.id());
        TaskId id = task.id();
        if (message.contextId()
                .filter(context -> !context.equals(id.threadId()))
                .isPresent()) {
            throw RpcFault.of(Kind.INVALID_PARAMS, "the task '" + named + "' belongs to another context");
        }
        ObjectNode body = body(agent, message);
        Optional<RunRequest> known = book.find(id.threadId(), key);
        JsonNode resume =
                known.isPresent() ? asBefore(known.get(), message.answer()) : byId(asked(task), message.answer());
        ObjectNode command = Json.object();
        command.set("resume", resume);
        body.set("command", command);
        return runs.start(request.on(Map.of("thread_id", id.threadId()), body, key));
    }

    /** The questions that a task asks, of which none may be another run's. */
    private static List<String> asked(A2aTasks.Found task) {
        TaskState state = task.state();
        if (state != TaskState.INPUT_REQUIRED) {
            throw RpcFault.of(
                    Kind.UNSUPPORTED_OPERATION,
                    state.isOver()
                            ? "the task is over and takes no more messages; send one with the contextId alone"
                            : "the task works and asks nothing; send the message when it asks");
        }
        ThreadState<Object> now =
                task.first().served().workflow().state(task.id().threadId());
        List<String> ids = task.id().runId().equals(now.runId())
                ? now.pending().stream().map(PendingInterrupt::id).toList()
                : List.of();
        if (ids.isEmpty()) {
            throw RpcFault.of(
                    Kind.UNSUPPORTED_OPERATION,
                    "the task asks nothing; it pauses at a breakpoint, and is continued at the run endpoints");
        }
        return ids;
    }

    /** An answer names its question, so that it never answers one that was asked meanwhile. */
    private static JsonNode byId(List<String> ids, JsonNode answer) {
        if (TaskContent.isById(answer)) {
            return answer;
        }
        if (ids.size() > 1) {
            throw RpcFault.of(
                    Kind.INVALID_PARAMS,
                    "the task asks " + ids.size()
                            + " questions; answer with data that has an answer by the id of each");
        }
        return one(ids.get(0), answer);
    }

    private static ObjectNode one(String id, JsonNode answer) {
        ObjectNode all = Json.object();
        all.set(id, answer);
        return all;
    }

    /** The same message once more: what it answers is asked no longer. */
    private static JsonNode asBefore(RunRequest known, JsonNode answer) {
        JsonNode before = known.content().kwargs().path("command").path("resume");
        return before.size() == 1 && !TaskContent.isById(answer)
                ? one(before.propertyNames().iterator().next(), answer)
                : answer;
    }
}
