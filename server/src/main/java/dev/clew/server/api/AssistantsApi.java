package dev.clew.server.api;

import dev.clew.server.assistant.AssistantBook;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Ids;
import dev.clew.server.view.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Assistants: one for each workflow, and those that clients make of them, with a context and a configuration of their own. */
public final class AssistantsApi {
    private final Parts parts;
    private final Gate gate;
    private final Assistants assistants;
    private final Instant startedAt;

    public AssistantsApi(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.assistants = new Assistants(parts);
        this.startedAt = parts.store().now();
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/assistants/search", Operation.Assistants.SEARCH, this::search),
                Route.post("/assistants/count", Operation.Assistants.SEARCH, this::count),
                Route.post("/assistants", Operation.Assistants.CREATE, this::create),
                Route.get("/assistants/{assistant_id}", Operation.Assistants.READ, this::get),
                Route.patch("/assistants/{assistant_id}", Operation.Assistants.UPDATE, this::change),
                Route.delete("/assistants/{assistant_id}", Operation.Assistants.DELETE, this::delete),
                Route.post("/assistants/{assistant_id}/versions", Operation.Assistants.READ, this::versions),
                Route.post("/assistants/{assistant_id}/latest", Operation.Assistants.UPDATE, this::latest));
    }

    // --- finding ---

    private ObjectNode view(Served served) {
        ObjectNode assistant = Json.object();
        assistant.put("assistant_id", served.assistantId());
        assistant.put("graph_id", served.graphId());
        assistant.put("name", served.graphId());
        assistant.set("description", Json.nothing());
        assistant.set("config", Json.object());
        assistant.set("context", Json.object());
        ObjectNode metadata = Json.object();
        metadata.put("created_by", "system");
        assistant.set("metadata", metadata);
        assistant.put("version", 1);
        assistant.set("created_at", Json.time(startedAt));
        assistant.set("updated_at", Json.time(startedAt));
        return assistant;
    }

    private List<ObjectNode> found(Decision decision, Body body) {
        ObjectNode metadata = body.object("metadata").orElseGet(Json::object);
        Optional<String> graph = body.text("graph_id");
        Optional<String> name = body.text("name").map(text -> text.toLowerCase(Locale.ROOT));
        List<ObjectNode> all = new ArrayList<>();
        parts.catalog().all().forEach(served -> all.add(view(served)));
        AssistantBook book = parts.assistants();
        if (book != null) {
            book.all().stream()
                    .filter(assistant -> Assistants.isVisible(decision, assistant))
                    .forEach(all::add);
        }
        return all.stream()
                .filter(each -> graph.isEmpty() || text(each, "graph_id").equals(graph.get()))
                .filter(each -> name.isEmpty()
                        || text(each, "name").toLowerCase(Locale.ROOT).contains(name.get()))
                .filter(each -> Labels.contains((ObjectNode) each.get("metadata"), metadata))
                .toList();
    }

    private static String text(ObjectNode assistant, String member) {
        JsonNode value = assistant.get(member);
        return value == null || value.isNull() ? "" : value.asString();
    }

    private Reply search(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.SEARCH);
        Body body = request.body();
        int limit = body.integer("limit", 1, 1_000).orElse(10);
        int offset = body.integer("offset", 0, Integer.MAX_VALUE).orElse(0);
        String order = body.oneOf("sort_by", "assistant_id", "graph_id", "name", "created_at", "updated_at")
                .orElse("created_at");
        boolean descending =
                body.oneOf("sort_order", "asc", "desc").orElse("asc").equals("desc");
        Set<String> select = Select.ofAssistant(body.texts("select"));
        Comparator<ObjectNode> by = Comparator.<ObjectNode, String>comparing(each -> text(each, order))
                .thenComparing(each -> text(each, "graph_id"))
                .thenComparing(each -> text(each, "assistant_id"));
        List<ObjectNode> found = found(decision, body);
        ArrayNode page = Json.array();
        found.stream()
                .sorted(descending ? by.reversed() : by)
                .skip(offset)
                .limit(limit)
                .forEach(each -> page.add(select.isEmpty() ? each : each.retain(select)));
        return Pages.of(page, offset, limit, found.size());
    }

    private Reply count(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.SEARCH);
        return Reply.json(Json.of(found(decision, request.body()).size()));
    }

    private Reply get(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.READ);
        String id = request.path("assistant_id");
        Optional<ObjectNode> own = parts.catalog().find(id).map(this::view);
        return Reply.json(own.or(() -> assistants.made(decision, id))
                .orElseThrow(() -> ApiRefusal.notFound("there is no assistant '" + id + "'")));
    }

    // --- making ---

    private AssistantBook book() {
        AssistantBook book = parts.assistants();
        if (book == null) {
            throw ApiRefusal.invalid("this server has one assistant for each of its workflows, and no others: to keep"
                    + " those of clients it needs a store(…)");
        }
        return book;
    }

    private Reply create(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.CREATE);
        Body body = request.body();
        Served served = parts.catalog().require(body.requireText("graph_id"));
        boolean mayExist =
                body.oneOf("if_exists", "raise", "do_nothing").orElse("raise").equals("do_nothing");
        String id = body.text("assistant_id")
                .map(given -> Ids.require("assistant_id", given))
                .orElseGet(Ids::fresh);
        Optional<ObjectNode> own = parts.catalog().find(id).map(this::view);
        AssistantBook book = own.isPresent() ? null : book();
        Optional<ObjectNode> known = own.or(() -> book == null ? Optional.empty() : book.find(id));
        if (known.isPresent()) {
            if (mayExist && (own.isPresent() || Assistants.isVisible(decision, known.get()))) {
                return Reply.json(known.get());
            }
            throw ApiRefusal.conflict("the assistant '" + id + "' exists");
        }
        ObjectNode assistant = Json.object();
        assistant.put("assistant_id", id);
        assistant.put("graph_id", served.graphId());
        assistant.put("name", body.text("name").orElse("Untitled"));
        assistant.set("description", Json.text(body.text("description").orElse(null)));
        assistant.set("metadata", Gate.stamped(decision, body.object("metadata").orElseGet(Json::object)));
        assistant.set("config", Json.object());
        assistant.set("context", Json.object());
        configure(assistant, body);
        JsonNode now = Json.time(parts.store().now());
        assistant.set("created_at", now);
        assistant.set("updated_at", now);
        return Reply.json(book().create(assistant));
    }

    /** A context is a configuration, too, and the other way round: one of both is given. */
    private static void configure(ObjectNode assistant, Body body) {
        ObjectNode config = body.inner("config").node().deepCopy();
        ObjectNode configurable = new Body(config).inner("configurable").node();
        ObjectNode context = body.inner("context").node();
        if (!configurable.isEmpty() && !context.isEmpty()) {
            throw ApiRefusal.badRequest("'context' and 'configurable' cannot both be given; give 'context'");
        }
        if (body.has("config") || body.has("context")) {
            ObjectNode given = context.isEmpty() ? configurable : context;
            if (!body.has("config")) {
                config = ((ObjectNode) assistant.get("config")).deepCopy();
            }
            if (!given.isEmpty() || body.has("context")) {
                config.set("configurable", given.deepCopy());
            }
            assistant.set("config", config);
            assistant.set("context", given.deepCopy());
        }
    }

    private ObjectNode required(ApiRequest request, Decision decision) {
        String id = request.path("assistant_id");
        parts.catalog().find(id).ifPresent(served -> {
            throw ApiRefusal.invalid("the assistant '" + id + "' is the workflow '" + served.graphId()
                    + "' itself, which cannot be changed or deleted; make one of it with POST /assistants");
        });
        return assistants
                .made(decision, id)
                .orElseThrow(() -> ApiRefusal.notFound("there is no assistant '" + id + "'"));
    }

    private Reply change(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.UPDATE);
        ObjectNode assistant = required(request, decision);
        Body body = request.body();
        body.text("graph_id")
                .map(name -> parts.catalog().require(name).graphId())
                .ifPresent(graph -> assistant.put("graph_id", graph));
        body.text("name").ifPresent(name -> assistant.put("name", name));
        body.text("description").ifPresent(text -> assistant.put("description", text));
        ObjectNode metadata = (ObjectNode) assistant.get("metadata");
        Gate.stamped(decision, body.object("metadata").orElseGet(Json::object))
                .properties()
                .forEach(member -> metadata.set(member.getKey(), member.getValue()));
        configure(assistant, body);
        assistant.set("updated_at", Json.time(parts.store().now()));
        return Reply.json(book().change(assistant));
    }

    private Reply delete(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.DELETE);
        if (request.queryFlag("delete_threads")) {
            throw ApiRefusal.invalid("'delete_threads' is not offered: search for the threads, and delete them");
        }
        book().delete(required(request, decision).get("assistant_id").asString());
        return Reply.empty(204);
    }

    // --- versions ---

    private Reply versions(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.READ);
        Body body = request.body();
        int limit = body.integer("limit", 1, 1_000).orElse(10);
        int offset = body.integer("offset", 0, Integer.MAX_VALUE).orElse(0);
        ObjectNode metadata = body.object("metadata").orElseGet(Json::object);
        String id = request.path("assistant_id");
        Optional<Served> own = parts.catalog().find(id);
        List<ObjectNode> all = own.isPresent()
                ? List.of(view(own.get()))
                : book().versions(
                                required(request, decision).get("assistant_id").asString());
        ArrayNode page = Json.array();
        all.stream()
                .filter(each -> Labels.contains((ObjectNode) each.get("metadata"), metadata))
                .skip(offset)
                .limit(limit)
                .forEach(page::add);
        return Reply.json(page);
    }

    private Reply latest(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.UPDATE);
        int version = request.body()
                .integer("version", 1, Integer.MAX_VALUE)
                .orElseThrow(() -> ApiRefusal.invalid("'version' is missing; it is a required whole number"));
        String id = request.path("assistant_id");
        Optional<Served> own = parts.catalog().find(id);
        if (own.isPresent() && version == 1) {
            return Reply.json(view(own.get()));
        }
        if (own.isPresent()) {
            throw ApiRefusal.notFound("the assistant '" + own.get().graphId() + "' has no version " + version);
        }
        required(request, decision);
        return Reply.json(book().choose(id, version));
    }
}
