package dev.clew.server.api;

import dev.clew.index.ThreadRow;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.auth.Principal;
import dev.clew.server.catalog.Served;
import dev.clew.server.cron.CronBook;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Ids;
import dev.clew.server.view.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Crons: runs that are enqueued at each tick of an expression. */
public final class CronsApi {
    private static final String[] ORDERS = {
        "cron_id", "assistant_id", "thread_id", "created_at", "updated_at", "next_run_date", "end_time"
    };

    private final Parts parts;
    private final Gate gate;
    private final CronBook book;

    public CronsApi(Parts parts, CronBook book) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.book = book;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/runs/crons", Operation.Crons.CREATE, request -> create(request, null)),
                Route.post("/threads/{thread_id}/runs/crons", Operation.Crons.CREATE, this::createOnThread),
                Route.post("/runs/crons/search", Operation.Crons.SEARCH, this::search),
                Route.post("/runs/crons/count", Operation.Crons.SEARCH, this::count),
                Route.get("/runs/crons/{cron_id}", Operation.Crons.READ, this::get),
                Route.patch("/runs/crons/{cron_id}", Operation.Crons.UPDATE, this::change),
                Route.delete("/runs/crons/{cron_id}", Operation.Crons.DELETE, this::delete));
    }

    // --- making ---

    /** Who may not start runs may not have them started either. */
    private Decision mayRun(ApiRequest request, Operation operation) {
        gate.decide(request, Operation.Threads.CREATE_RUN);
        return gate.decide(request, operation);
    }

    private Reply createOnThread(ApiRequest request) {
        ThreadRow thread = gate.thread(request, Operation.Threads.CREATE_RUN);
        return create(request, thread);
    }

    private Reply create(ApiRequest request, @Nullable ThreadRow thread) {
        Decision decision = mayRun(request, Operation.Crons.CREATE);
        CronBody body = read(request, request.body());
        String threadId = thread == null ? null : thread.info().threadId();
        if (thread != null) {
            requireSame(thread, body.run().served());
        }
        String id = Ids.fresh();
        JsonNode now = Json.time(parts.store().now());
        ObjectNode cron = Json.object();
        cron.put("cron_id", id);
        cron.put("assistant_id", body.assistantId());
        cron.set("thread_id", Json.text(threadId));
        cron.put("user_id", request.principal().identity());
        cron.set(CronBook.MAKER, maker(request.principal()));
        cron.set("created_at", now);
        return Reply.json(save(id, cron, body, decision, threadId));
    }

    private CronBody read(ApiRequest request, Body body) {
        Body applied = new Assistants(parts).applied(request, body);
        return CronBody.of(body, applied, parts.catalog(), parts.store().now());
    }

    private ObjectNode save(String id, ObjectNode cron, CronBody body, Decision decision, @Nullable String threadId) {
        cron.set("end_time", Json.time(body.end()));
        cron.put("schedule", body.ticks().expression());
        cron.set("timezone", Json.text(body.body().text("timezone").orElse(null)));
        cron.set("payload", body.payload(id));
        cron.set("metadata", Gate.stamped(decision, body.run().metadata()));
        cron.set("on_run_completed", threadId == null ? Json.of(body.onRunCompleted()) : Json.nothing());
        cron.set("updated_at", Json.time(parts.store().now()));
        return book.save(id, body.plan(id, threadId, maker(cron)), cron);
    }

    private static ObjectNode maker(Principal who) {
        ObjectNode maker = Json.object();
        maker.put("identity", who.identity());
        maker.set("permissions", Json.of(who.permissions()));
        return maker;
    }

    /** Its runs are those of who made it, whoever changes it. */
    private static Principal maker(ObjectNode cron) {
        JsonNode maker = cron.path(CronBook.MAKER);
        List<String> permissions = new ArrayList<>();
        maker.path("permissions").forEach(each -> permissions.add(each.asString()));
        return new Principal(maker.path("identity").asString(""), permissions, Map.of());
    }

    private void requireSame(ThreadRow thread, Served served) {
        Optional<String> bound = parts.store().thread(thread.info().threadId()).map(row -> row.workflow());
        boolean other = bound.isPresent()
                && parts.catalog().ofThread(bound.get()).filter(served::equals).isEmpty();
        if (other) {
            throw ApiRefusal.invalid("the thread '" + thread.info().threadId() + "' belongs to '" + bound.get()
                    + "', and cannot be run by '" + served.graphId() + "'; use another thread");
        }
    }

    // --- finding ---

    private ObjectNode find(ApiRequest request, Operation operation) {
        return find(request, gate.decide(request, operation));
    }

    private ObjectNode find(ApiRequest request, Decision decision) {
        String id = request.path("cron_id");
        return book.find(id)
                .filter(cron -> isVisible(decision, cron))
                .orElseThrow(() -> ApiRefusal.notFound("there is no cron '" + id + "'"));
    }

    private static boolean isVisible(Decision decision, ObjectNode cron) {
        return decision.only().entrySet().stream()
                .allMatch(wanted -> Labels.holds(metadata(cron), wanted.getKey(), wanted.getValue()));
    }

    private static ObjectNode metadata(ObjectNode cron) {
        return cron.get("metadata") instanceof ObjectNode metadata ? metadata : Json.object();
    }

    private Reply get(ApiRequest request) {
        return Reply.json(find(request, Operation.Crons.READ));
    }

    private List<ObjectNode> found(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Crons.SEARCH);
        Body body = request.body();
        ObjectNode metadata = body.object("metadata").orElseGet(Json::object);
        Optional<String> assistant = body.text("assistant_id")
                .map(name -> parts.catalog().find(name).map(Served::assistantId).orElse(name));
        Optional<String> thread = body.text("thread_id");
        Stream<ObjectNode> found = book.all().stream()
                .filter(cron -> isVisible(decision, cron))
                .filter(cron -> Labels.contains(metadata(cron), metadata))
                .filter(cron ->
                        assistant.isEmpty() || text(cron, "assistant_id").equals(assistant.get()))
                .filter(cron -> thread.isEmpty() || text(cron, "thread_id").equals(thread.get()));
        if (body.has("enabled")) {
            boolean enabled = body.flag("enabled", true);
            found = found.filter(cron -> cron.get("enabled").asBoolean() == enabled);
        }
        return found.toList();
    }

    /** A member as a text; without characters if it is null. */
    private static String text(ObjectNode cron, String member) {
        JsonNode value = cron.get(member);
        return value == null || value.isNull() ? "" : value.asString();
    }

    private Reply search(ApiRequest request) {
        Body body = request.body();
        int limit = body.integer("limit", 1, 1_000).orElse(10);
        int offset = body.integer("offset", 0, Integer.MAX_VALUE).orElse(0);
        String order = body.oneOf("sort_by", ORDERS).orElse("created_at");
        boolean descending =
                body.oneOf("sort_order", "asc", "desc").orElse("desc").equals("desc");
        Set<String> select = Select.ofCron(body.texts("select"));
        List<ObjectNode> found = found(request);
        Comparator<ObjectNode> by = Comparator.<ObjectNode, String>comparing(cron -> text(cron, order))
                .thenComparing(cron -> text(cron, "cron_id"));
        ArrayNode page = Json.array();
        found.stream()
                .sorted(descending ? by.reversed() : by)
                .skip(offset)
                .limit(limit)
                .forEach(cron -> page.add(select.isEmpty() ? cron : cron.retain(select)));
        return Pages.of(page, offset, limit, found.size());
    }

    private Reply count(ApiRequest request) {
        return Reply.json(Json.of(found(request).size()));
    }

    // --- changing ---

    private Reply change(ApiRequest request) {
        Decision decision = mayRun(request, Operation.Crons.UPDATE);
        ObjectNode cron = find(request, decision);
        ObjectNode patch = request.body().node();
        if (patch.isEmpty()) {
            throw ApiRefusal.badRequest("the body must say what is changed");
        }
        ObjectNode merged = ((ObjectNode) cron.get("payload")).deepCopy();
        merged.put("enabled", cron.get("enabled").asBoolean());
        merged.set("metadata", metadata(cron));
        patch.properties().forEach(member -> {
            if (!member.getKey().equals("assistant_id") && !member.getValue().isNull()) {
                merged.set(member.getKey(), member.getValue());
            }
        });
        CronBody body = read(request, new Body(merged));
        cron.set(CronBook.MAKER, book.maker(request.path("cron_id")));
        JsonNode thread = cron.get("thread_id");
        String threadId = thread.isString() ? thread.stringValue() : null;
        return Reply.json(save(request.path("cron_id"), cron, body, decision, threadId));
    }

    private Reply delete(ApiRequest request) {
        find(request, Operation.Crons.DELETE);
        book.delete(request.path("cron_id"));
        return Reply.empty(204);
    }
}
