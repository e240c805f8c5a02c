package dev.clew.server.api;

import dev.clew.flow.ThreadBusyException;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Ids;
import dev.clew.server.view.Labels;
import dev.clew.server.view.ThreadViews;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Threads: made, found, described, copied and deleted. */
public final class ThreadsApi {
    /** How far a search counts. */
    private static final int MOST_COUNTED = 10_000;

    private final Parts parts;
    private final Gate gate;
    private final ThreadViews views;

    public ThreadsApi(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.views = new ThreadViews(parts.catalog(), parts.book());
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/threads", Operation.Threads.CREATE, this::create),
                Route.post("/threads/search", Operation.Threads.SEARCH, this::search),
                Route.post("/threads/count", Operation.Threads.SEARCH, this::count),
                Route.post("/threads/prune", Operation.Threads.DELETE, this::prune),
                Route.get("/threads/{thread_id}", Operation.Threads.READ, this::get),
                Route.patch("/threads/{thread_id}", Operation.Threads.UPDATE, this::change),
                Route.delete("/threads/{thread_id}", Operation.Threads.DELETE, this::delete),
                Route.post("/threads/{thread_id}/copy", Operation.Threads.CREATE, this::copy));
    }

    private Reply create(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.CREATE);
        Body body = request.body();
        body.requireNone(Set.of("supersteps"), "is not offered: a thread gets its states from runs, or POST …/state");
        String threadId = body.text("thread_id").map(Ids::requireThread).orElseGet(Ids::fresh);
        ObjectNode metadata = Gate.stamped(decision, body.object("metadata").orElseGet(Json::object));
        boolean mayExist =
                body.oneOf("if_exists", "raise", "do_nothing").orElse("raise").equals("do_nothing");
        String workflow = Optional.ofNullable(metadata.get("graph_id"))
                .filter(JsonNode::isString)
                .flatMap(name -> parts.catalog().find(name.stringValue()))
                .map(served -> served.workflow().name())
                .orElse(null);
        boolean isNew = parts.book().create(threadId, workflow, metadata, false);
        ThreadRow row = parts.book()
                .index()
                .find(threadId)
                .orElseThrow(() -> ApiRefusal.conflict("the thread '" + threadId + "' was deleted just now"));
        if (!isNew && (!mayExist || !gate.mayTouch(decision, row))) {
            throw ApiRefusal.conflict("the thread '" + threadId + "' exists");
        }
        return Reply.json(views.of(row));
    }

    private Reply get(ApiRequest request) {
        return Reply.json(views.of(gate.thread(request, Operation.Threads.READ)));
    }

    private Reply change(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.UPDATE);
        ThreadRow before = gate.thread(decision, request.path("thread_id"));
        ObjectNode patch =
                Gate.stamped(decision, request.body().object("metadata").orElseGet(Json::object));
        ThreadRow row = parts.book()
                .change(before.info().threadId(), null, metadata -> {
                    patch.properties().forEach(member -> metadata.set(member.getKey(), member.getValue()));
                    return metadata;
                })
                .orElseThrow(() -> ApiRefusal.notFound(
                        "there is no thread '" + before.info().threadId() + "' any more"));
        boolean minimal = request.header("prefer")
                .filter(value -> value.contains("return=minimal"))
                .isPresent();
        return minimal ? Reply.empty(204) : Reply.json(views.of(row));
    }

    private Reply delete(ApiRequest request) {
        delete(gate.thread(request, Operation.Threads.DELETE));
        return Reply.empty(204);
    }

    /** A run that executes is cancelled, and the thread deleted as soon as it rests. */
    private void delete(ThreadRow row) {
        Deleting.delete(parts, row.info().threadId());
    }

    private Reply prune(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.DELETE);
        Body body = request.body();
        String strategy = body.oneOf("strategy", "delete", "keep_latest").orElse("delete");
        int pruned = 0;
        for (String threadId : body.texts("thread_ids")) {
            Optional<ThreadRow> row =
                    parts.book().index().find(threadId).filter(found -> gate.mayTouch(decision, found));
            if (row.isPresent()) {
                prune(row.get(), strategy);
                pruned++;
            }
        }
        ObjectNode answer = Json.object();
        answer.put("pruned_count", pruned);
        return Reply.json(answer);
    }

    private void prune(ThreadRow row, String strategy) {
        if (strategy.equals("delete")) {
            delete(row);
        } else {
            Deleting.keepNewest(parts, row.info().threadId());
        }
    }

    private Reply copy(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.CREATE);
        ThreadRow from = gate.thread(decision, request.path("thread_id"));
        String threadId = from.info().threadId();
        String copy = Ids.fresh();
        if (from.status() == null) {
            boolean unused = parts.book()
                    .create(copy, from.info().workflow(), parts.book().metadata(from), false);
        } else {
            try {
                parts.copy(threadId, copy);
            } catch (ThreadBusyException busy) {
                throw ApiRefusal.conflict(String.valueOf(busy.getMessage()));
            }
            ObjectNode metadata = Gate.stamped(decision, parts.book().metadata(from));
            boolean unused = parts.book()
                    .change(copy, from.info().workflow(), fresh -> metadata)
                    .isPresent();
        }
        return Reply.json(views.of(gate.thread(Decision.allow(), copy)));
    }

    // --- search ---

    private Reply search(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.SEARCH);
        Body body = request.body();
        int limit = body.integer("limit", 1, 1_000).orElse(10);
        int offset = body.integer("offset", 0, Integer.MAX_VALUE).orElse(0);
        if (offset > MOST_COUNTED) {
            throw ApiRefusal.invalid("'offset' is " + offset + "; it must be at most " + MOST_COUNTED
                    + ": narrow the search by metadata or status");
        }
        ThreadSearch search = query(body, decision).page(offset, limit);
        Set<String> select = Select.ofThread(body.texts("select"));
        ArrayNode page = Json.array();
        parts.book().index().search(search).forEach(row -> page.add(views.of(row, select)));
        long total = parts.book().index().count(search, MOST_COUNTED);
        return Pages.of(page, offset, limit, total);
    }

    private Reply count(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.SEARCH);
        return Reply.json(Json.of(parts.book().index().count(query(request.body(), decision), Long.MAX_VALUE)));
    }

    private ThreadSearch query(Body body, Decision decision) {
        body.requireNone(Set.of("values"), "is not offered as a filter: search by metadata");
        body.requireNone(Set.of("extract"), "is not offered: use 'select'");
        ThreadSearch search = ThreadSearch.all()
                .order(
                        order(body),
                        body.oneOf("sort_order", "asc", "desc").orElse("desc").equals("desc"));
        ObjectNode metadata = body.object("metadata").orElseGet(Json::object);
        for (Set<String> label : Labels.wanted(metadata, parts.book().codec())) {
            search = search.label(label);
        }
        for (var only : decision.only().entrySet()) {
            search = search.label(
                    Labels.holding(only.getKey(), only.getValue(), parts.book().codec()));
        }
        List<String> ids = body.texts("ids");
        if (!ids.isEmpty()) {
            search = search.ids(Set.copyOf(ids));
        }
        Optional<String> status = body.oneOf("status", "idle", "busy", "interrupted", "error");
        return status.isEmpty()
                ? search
                : search.activity(ThreadActivity.valueOf(status.get().toUpperCase(Locale.ROOT)));
    }

    private static ThreadSearch.Order order(Body body) {
        Optional<String> by =
                body.oneOf("sort_by", "thread_id", "status", "created_at", "updated_at", "state_updated_at");
        return switch (by.orElse("created_at")) {
            case "thread_id" -> ThreadSearch.Order.ID;
            case "status" -> ThreadSearch.Order.ACTIVITY;
            case "created_at" -> ThreadSearch.Order.CREATED;
            default -> ThreadSearch.Order.CHANGED;
        };
    }
}
