package dev.clew.server.api;

import dev.clew.flow.RunConfig;
import dev.clew.flow.ThreadBusyException;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadRow;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.CheckpointIds;
import dev.clew.server.view.States;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The states of threads: read, listed and set by hand. */
public final class StatesApi {
    private final Parts parts;
    private final Gate gate;
    private final EditKeys keys = new EditKeys();

    public StatesApi(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
    }

    public List<Route> routes() {
        Operation read = Operation.Threads.READ;
        return List.of(
                Route.get("/threads/{thread_id}/state", read, this::newest),
                Route.get("/threads/{thread_id}/state/{checkpoint_id}", read, this::one),
                Route.post("/threads/{thread_id}/state/checkpoint", read, this::named),
                Route.post("/threads/{thread_id}/state", Operation.Threads.UPDATE, this::update),
                Route.get("/threads/{thread_id}/history", read, this::history),
                Route.post("/threads/{thread_id}/history", read, this::search));
    }

    private Optional<Served> served(ThreadRow row) {
        return row.status() == null
                ? Optional.empty()
                : parts.store()
                        .thread(row.info().threadId())
                        .flatMap(thread -> parts.catalog().ofThread(thread.workflow()));
    }

    private Reply state(ThreadRow row, @Nullable String checkpoint, boolean inner) {
        String threadId = row.info().threadId();
        String wanted = checkpoint == null ? null : CheckpointIds.in(checkpoint);
        Optional<ObjectNode> state =
                served(row).flatMap(served -> States.of(served).state(threadId, wanted, inner));
        if (state.isEmpty() && checkpoint != null) {
            throw ApiRefusal.notFound("the thread '" + threadId + "' has no checkpoint '" + checkpoint + "'");
        }
        return Reply.json(state.orElseGet(() -> States.none(threadId)));
    }

    private Reply newest(ApiRequest request) {
        return state(gate.thread(request, Operation.Threads.READ), null, request.queryFlag("subgraphs"));
    }

    private Reply one(ApiRequest request) {
        return state(
                gate.thread(request, Operation.Threads.READ),
                request.path("checkpoint_id"),
                request.queryFlag("subgraphs"));
    }

    private Reply named(ApiRequest request) {
        ThreadRow row = gate.thread(request, Operation.Threads.READ);
        Body body = request.body();
        if (!body.has("checkpoint")) {
            throw ApiRefusal.invalid("'checkpoint' is missing; it is a required object");
        }
        return state(row, body.inner("checkpoint").text("checkpoint_id").orElse(null), body.flag("subgraphs", false));
    }

    // --- history ---

    private Reply history(ApiRequest request) {
        ThreadRow row = gate.thread(request, Operation.Threads.READ);
        return history(
                row,
                request.queryInt("limit", 1, 1_000, 10),
                request.query("before").orElse(null),
                Json.object());
    }

    private Reply search(ApiRequest request) {
        ThreadRow row = gate.thread(request, Operation.Threads.READ);
        Body body = request.body();
        JsonNode before = body.find("before");
        String id = before == null
                ? null
                : before.isString()
                        ? before.stringValue()
                        : body.inner("before")
                                .inner("configurable")
                                .text("checkpoint_id")
                                .or(() -> body.inner("before").text("checkpoint_id"))
                                .orElse(null);
        return history(
                row,
                body.integer("limit", 1, 1_000).orElse(10),
                id,
                body.object("metadata").orElseGet(Json::object));
    }

    private Reply history(ThreadRow row, int limit, @Nullable String before, ObjectNode metadata) {
        ArrayNode states = Json.array();
        String after = before == null || before.isEmpty() ? null : CheckpointIds.in(before);
        served(row).ifPresent(served -> {
            try (var all = States.of(served).history(row.info().threadId(), after)) {
                all.filter(state -> States.matches(state, metadata))
                        .limit(limit)
                        .forEach(states::add);
            }
        });
        return Reply.json(states);
    }

    // --- setting ---

    private Reply update(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.UPDATE);
        ThreadRow row = gate.thread(decision, request.path("thread_id"));
        String threadId = row.info().threadId();
        Served served = served(row)
                .or(() -> Optional.ofNullable(row.info().workflow()).flatMap(parts.catalog()::ofThread))
                .orElseThrow(() -> ApiRefusal.badRequest("the thread '" + threadId
                        + "' never ran, and its metadata names no 'graph_id', so it is not known what it may hold"));
        Body body = request.body();
        Optional<String> checkpoint =
                body.inner("checkpoint").text("checkpoint_id").or(() -> body.text("checkpoint_id"));
        try {
            RunConfig updated = keys.once(request, served, RunConfig.thread(threadId), config -> {
                if (row.activity() == ThreadActivity.BUSY) {
                    throw ApiRefusal.conflict("the thread '" + threadId + "' is busy; wait for its run, or cancel it");
                }
                return States.of(served)
                        .update(
                                checkpoint
                                        .map(CheckpointIds::in)
                                        .map(config::checkpoint)
                                        .orElse(config),
                                body.find("values"),
                                body.text("as_node").orElse(null));
            });
            return Reply.json(named(threadId, updated.checkpoint().orElse("")));
        } catch (ThreadBusyException busy) {
            throw ApiRefusal.conflict(String.valueOf(busy.getMessage()));
        }
    }

    /** In the three forms that clients read. */
    private static ObjectNode named(String threadId, String checkpointId) {
        ObjectNode checkpoint = Json.object();
        checkpoint.put("thread_id", threadId);
        checkpoint.put("checkpoint_ns", "");
        checkpoint.put("checkpoint_id", CheckpointIds.out(checkpointId));
        ObjectNode named = Json.object();
        named.set("checkpoint", checkpoint);
        named.set("configurable", checkpoint.deepCopy());
        named.put("checkpoint_id", CheckpointIds.out(checkpointId));
        return named;
    }
}
