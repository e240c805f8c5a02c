package dev.clew.server.api;

import dev.clew.flow.Workflow;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyNode;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Body;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Labels;
import dev.clew.server.view.Schemas;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The workflows, as assistants: one for each. */
public final class AssistantsApi {
    private final Parts parts;
    private final Gate gate;
    private final Instant startedAt;

    public AssistantsApi(Parts parts) {
        this.parts = parts;
        this.gate = new Gate(parts);
        this.startedAt = parts.store().now();
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/assistants/search", Operation.Assistants.SEARCH, this::search),
                Route.post("/assistants/count", Operation.Assistants.SEARCH, this::count),
                Route.post("/assistants", Operation.Assistants.CREATE, this::create),
                Route.get("/assistants/{assistant_id}", Operation.Assistants.READ, this::get),
                Route.patch("/assistants/{assistant_id}", Operation.Assistants.UPDATE, this::change),
                Route.delete("/assistants/{assistant_id}", Operation.Assistants.DELETE, this::change),
                Route.get("/assistants/{assistant_id}/graph", Operation.Assistants.READ, this::graph),
                Route.get("/assistants/{assistant_id}/schemas", Operation.Assistants.READ, this::schemas),
                Route.get("/assistants/{assistant_id}/subgraphs", Operation.Assistants.READ, this::subgraphs),
                Route.get(
                        "/assistants/{assistant_id}/subgraphs/{namespace}", Operation.Assistants.READ, this::subgraphs),
                Route.post("/assistants/{assistant_id}/versions", Operation.Assistants.READ, this::versions),
                Route.post("/assistants/{assistant_id}/latest", Operation.Assistants.UPDATE, this::latest));
    }

    private Served served(ApiRequest request, Operation operation) {
        gate.decide(request, operation);
        return parts.catalog().require(request.path("assistant_id"));
    }

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

    private List<Served> found(Body body) {
        ObjectNode metadata = body.object("metadata").orElseGet(Json::object);
        Optional<String> graph = body.text("graph_id");
        Optional<String> name = body.text("name").map(text -> text.toLowerCase(Locale.ROOT));
        return parts.catalog().all().stream()
                .filter(served -> graph.isEmpty() || served.graphId().equals(graph.get()))
                .filter(served -> name.isEmpty()
                        || served.graphId().toLowerCase(Locale.ROOT).contains(name.get()))
                .filter(served -> Labels.contains((ObjectNode) view(served).get("metadata"), metadata))
                .toList();
    }

    private Reply search(ApiRequest request) {
        gate.decide(request, Operation.Assistants.SEARCH);
        Body body = request.body();
        int limit = body.integer("limit", 1, 1_000).orElse(10);
        int offset = body.integer("offset", 0, Integer.MAX_VALUE).orElse(0);
        String order = body.oneOf("sort_by", "assistant_id", "graph_id", "name", "created_at", "updated_at")
                .orElse("created_at");
        boolean descending =
                body.oneOf("sort_order", "asc", "desc").orElse("asc").equals("desc");
        Set<String> select = Set.copyOf(body.texts("select"));
        Comparator<Served> by = order.equals("assistant_id")
                ? Comparator.comparing(Served::assistantId)
                : Comparator.comparing(Served::graphId);
        List<Served> found =
                found(body).stream().sorted(descending ? by.reversed() : by).toList();
        ArrayNode page = Json.array();
        found.stream().skip(offset).limit(limit).map(this::view).forEach(assistant -> {
            if (!select.isEmpty()) {
                assistant.retain(select);
            }
            page.add(assistant);
        });
        return Pages.of(page, offset, limit, found.size());
    }

    private Reply count(ApiRequest request) {
        gate.decide(request, Operation.Assistants.SEARCH);
        return Reply.json(Json.of(found(request.body()).size()));
    }

    private Reply get(ApiRequest request) {
        return Reply.json(view(served(request, Operation.Assistants.READ)));
    }

    private Reply create(ApiRequest request) {
        gate.decide(request, Operation.Assistants.CREATE);
        Body body = request.body();
        Served served = parts.catalog().require(body.requireText("graph_id"));
        boolean same =
                body.text("assistant_id").filter(served.assistantId()::equals).isPresent();
        if (same
                && body.oneOf("if_exists", "raise", "do_nothing")
                        .orElse("raise")
                        .equals("do_nothing")) {
            return Reply.json(view(served));
        }
        if (same) {
            throw ApiRefusal.conflict("the assistant '" + served.assistantId() + "' exists");
        }
        throw notYet();
    }

    private Reply change(ApiRequest request) {
        served(request, Operation.Assistants.UPDATE);
        throw notYet();
    }

    private static ApiRefusal notYet() {
        return ApiRefusal.invalid("this server has one assistant for each of its workflows, and no others");
    }

    private Reply versions(ApiRequest request) {
        return Reply.json(Json.array().add(view(served(request, Operation.Assistants.READ))));
    }

    private Reply latest(ApiRequest request) {
        Served served = served(request, Operation.Assistants.UPDATE);
        int version = request.body()
                .integer("version", 1, Integer.MAX_VALUE)
                .orElseThrow(() -> ApiRefusal.invalid("'version' is missing; it is a required whole number"));
        if (version != 1) {
            throw ApiRefusal.notFound("the assistant '" + served.graphId() + "' has no version " + version);
        }
        return Reply.json(view(served));
    }

    // --- what a workflow is ---

    private Reply schemas(ApiRequest request) {
        Served served = served(request, Operation.Assistants.READ);
        Workflow<Object, Object> workflow = served.workflow();
        ObjectNode schemas = Json.object();
        schemas.put("graph_id", served.graphId());
        schemas.set("input_schema", served.hasInput() ? Schemas.of(served, workflow.inputType()) : Json.nothing());
        JsonNode output = Schemas.of(served, workflow.outputType());
        JsonNode state = served.graph()
                .map(graph -> Schemas.of(served, graph.stateSpec().valuesType()))
                .orElse(output);
        schemas.set("output_schema", output);
        schemas.set("state_schema", state);
        schemas.set("config_schema", Json.object());
        schemas.set("context_schema", Json.nothing());
        return Reply.json(schemas);
    }

    private Reply graph(ApiRequest request) {
        Served served = served(request, Operation.Assistants.READ);
        request.query("xray").ifPresent(AssistantsApi::requireDepth);
        ObjectNode drawn = Json.object();
        ArrayNode nodes = Json.array();
        ArrayNode edges = Json.array();
        drawn.set("nodes", nodes);
        drawn.set("edges", edges);
        nodes.add(node("__start__", "__start__"));
        Optional<GraphWorkflow<Object, Object, Object>> graph = served.graph();
        if (graph.isPresent()) {
            Topology topology = graph.get().topology();
            topology.nodes().forEach(node -> nodes.add(node(node.name(), node.name())));
            topology.nodes().forEach(node -> edges(topology, node, edges));
        } else {
            nodes.add(node(served.graphId(), served.graphId()));
            edges.add(edge("__start__", served.graphId(), false));
            edges.add(edge(served.graphId(), "__end__", false));
        }
        nodes.add(node("__end__", "__end__"));
        return Reply.json(drawn);
    }

    private static void requireDepth(String text) {
        boolean flag = Set.of("true", "false", "True", "False").contains(text);
        boolean number = text.matches("[1-9][0-9]{0,3}");
        if (!flag && !number) {
            throw ApiRefusal.invalid("the parameter 'xray' must be true, false, or a number from 1 to 9999");
        }
    }

    private static void edges(Topology topology, TopologyNode node, ArrayNode edges) {
        node.edges().after().forEach(from -> edges.add(edge(from, node.name(), false)));
        node.edges().afterAll().forEach(from -> edges.add(edge(from, node.name(), false)));
        Set<String> targets = new TreeSet<>();
        node.routes().cases().forEach(routed -> targets.addAll(routed.targets()));
        targets.forEach(target -> edges.add(edge(node.name(), target, true)));
        boolean isLast = topology.nodes().stream()
                .noneMatch(other -> other.edges().after().contains(node.name())
                        || other.edges().afterAll().contains(node.name()));
        if (node.routes().mayEnd() || !node.isRouter() && isLast) {
            edges.add(edge(node.name(), "__end__", node.isRouter()));
        }
    }

    private static ObjectNode node(String id, String name) {
        ObjectNode node = Json.object();
        node.put("id", id);
        node.put("type", "runnable");
        ObjectNode data = Json.object();
        data.put("name", name);
        node.set("data", data);
        return node;
    }

    private static ObjectNode edge(String source, String target, boolean conditional) {
        ObjectNode edge = Json.object();
        edge.put("source", source);
        edge.put("target", target);
        if (conditional) {
            edge.put("conditional", true);
        }
        return edge;
    }

    private Reply subgraphs(ApiRequest request) {
        served(request, Operation.Assistants.READ);
        return Reply.json(Json.object());
    }
}
