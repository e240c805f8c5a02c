package dev.clew.server.inspect;

import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadRow;
import dev.clew.index.ThreadSearch;
import dev.clew.server.api.Gate;
import dev.clew.server.api.Parts;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Threads, page by page, however many there are. */
public final class InspectThreads {
    private static final int MOST_COUNTED = 10_000;
    private static final int MOST_LISTED = 200;
    private static final Map<String, ThreadSearch.Order> ORDERS = Map.of(
            "changed", ThreadSearch.Order.CHANGED, "created", ThreadSearch.Order.CREATED, "id", ThreadSearch.Order.ID);

    private final Parts parts;
    private final Gate gate;

    public InspectThreads(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
    }

    public List<Route> routes() {
        return List.of(Route.get("/clew/threads", Operation.Threads.SEARCH, this::list));
    }

    private Reply list(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Threads.SEARCH);
        int limit = request.queryInt("limit", 1, MOST_LISTED, 50);
        ThreadSearch all = filtered(request, decision);
        Optional<ThreadSearch.Place> after = request.query("after").map(Cursor::read);
        // One more than is shown says whether there is a next page.
        List<ThreadRow> found =
                parts.book().index().search(after.map(all::after).orElse(all).limit(limit + 1));
        ObjectNode page = Json.object();
        ArrayNode threads = Json.array();
        found.stream().limit(limit).forEach(row -> threads.add(row(parts, row)));
        page.set("threads", threads);
        page.set(
                "next",
                found.size() > limit
                        ? Json.text(Cursor.write(ThreadSearch.Place.of(found.get(limit - 1), all.order())))
                        : Json.nothing());
        if (request.queryFlag("count")) {
            page.put("total", parts.book().index().count(all, MOST_COUNTED));
            page.put("counted_up_to", MOST_COUNTED);
        }
        return Reply.json(page);
    }

    private ThreadSearch filtered(ApiRequest request, Decision decision) {
        String by = request.query("order").orElse("changed");
        ThreadSearch.Order order = ORDERS.get(by);
        if (order == null) {
            throw ApiRefusal.invalid("the parameter 'order' is '" + by + "'; it must be changed, created or id");
        }
        ThreadSearch search = visible(parts, decision).order(order, order != ThreadSearch.Order.ID);
        Set<ThreadActivity> activities = new HashSet<>();
        request.queryList("status").forEach(word -> activities.add(activity(word)));
        if (!activities.isEmpty()) {
            search = search.activity(activities.toArray(ThreadActivity[]::new));
        }
        Optional<String> workflow = request.query("workflow");
        if (workflow.isPresent()) {
            search = search.workflow(names(workflow.get()));
        }
        for (Set<String> label : Labels.wanted(metadata(request), parts.book().codec())) {
            search = search.label(label);
        }
        return request.query("q").map(search::idPart).orElse(search);
    }

    /** All threads that a caller may see. */
    static ThreadSearch visible(Parts parts, Decision decision) {
        ThreadSearch search = ThreadSearch.all();
        for (var only : decision.only().entrySet()) {
            search = search.label(
                    Labels.holding(only.getKey(), only.getValue(), parts.book().codec()));
        }
        return search;
    }

    private static ThreadActivity activity(String word) {
        try {
            return ThreadActivity.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw ApiRefusal.invalid(
                    "the parameter 'status' has '" + word + "'; there are idle, busy, interrupted and error");
        }
    }

    private Set<String> names(String workflow) {
        Served served = parts.catalog().find(workflow).orElse(null);
        if (served == null) {
            return Set.of(workflow);
        }
        Set<String> names = new HashSet<>(served.workflow().formerly());
        names.add(served.workflow().name());
        return names;
    }

    private static ObjectNode metadata(ApiRequest request) {
        Optional<String> given = request.query("metadata");
        if (given.isEmpty()) {
            return Json.object();
        }
        try {
            JsonNode read = Json.read(given.get());
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException malformed) {
            throw ApiRefusal.invalid("the parameter 'metadata' is not well-formed JSON");
        }
        throw ApiRefusal.invalid("the parameter 'metadata' must be a JSON object");
    }

    /** A thread in a list. */
    static ObjectNode row(Parts parts, ThreadRow row) {
        ObjectNode thread = Json.object();
        String workflow = row.info().workflow();
        Optional<Served> served = Optional.ofNullable(workflow).flatMap(parts.catalog()::ofThread);
        thread.put("thread_id", row.info().threadId());
        thread.set("workflow", Json.text(workflow));
        thread.set("assistant", Json.text(served.map(Served::graphId).orElse(null)));
        thread.put("is_graph", served.flatMap(Served::graph).isPresent());
        thread.put("status", word(row.activity()));
        thread.set("state", row.status() == null ? Json.nothing() : Json.text(word(row.status())));
        thread.put("is_requested", row.isRequested());
        thread.set("run_id", Json.text(row.runId()));
        thread.set("created_at", Json.time(row.createdAt()));
        thread.set("changed_at", Json.time(row.changedAt()));
        thread.set("metadata", parts.book().metadata(row));
        return thread;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
