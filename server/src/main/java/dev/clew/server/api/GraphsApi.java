package dev.clew.server.api;

import dev.clew.flow.Workflow;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.topology.RouteCase;
import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyNode;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import dev.clew.server.view.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the workflow of an assistant is: its schemas, and its graph as it is drawn. */
public final class GraphsApi {
    private final Gate gate;
    private final Assistants assistants;

    public GraphsApi(Parts parts) {
        this.gate = new Gate(parts);
        this.assistants = new Assistants(parts);
    }

    public List<Route> routes() {
        Operation read = Operation.Assistants.READ;
        return List.of(
                Route.get("/assistants/{assistant_id}/graph", read, this::graph),
                Route.get("/assistants/{assistant_id}/schemas", read, this::schemas),
                Route.get("/assistants/{assistant_id}/subgraphs", read, this::subgraphs),
                Route.get("/assistants/{assistant_id}/subgraphs/{namespace}", read, this::subgraphs));
    }

    private Served served(ApiRequest request) {
        Decision decision = gate.decide(request, Operation.Assistants.READ);
        return assistants.served(decision, request.path("assistant_id"));
    }

    private Reply schemas(ApiRequest request) {
        Served served = served(request);
        Workflow<Object, Object> workflow = served.workflow();
        ObjectNode schemas = Json.object();
        schemas.put("graph_id", served.graphId());
        schemas.set("input_schema", served.hasInput() ? Schemas.of(served, workflow.inputType()) : Json.nothing());
        JsonNode output = Schemas.of(served, workflow.outputType());
        JsonNode state = served.graph()
                .map(graph -> Schemas.of(served, graph.stateSpec().shownType()))
                .orElse(output);
        schemas.set("output_schema", output);
        schemas.set("state_schema", state);
        schemas.set("config_schema", Json.object());
        schemas.set("context_schema", Json.nothing());
        return Reply.json(schemas);
    }

    private Reply graph(ApiRequest request) {
        Served served = served(request);
        request.query("xray").ifPresent(GraphsApi::requireDepth);
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
        List<RouteCase> cases = new ArrayList<>(node.routes().cases());
        cases.addAll(node.onError().cases());
        for (RouteCase route : cases) {
            targets.addAll(route.targets());
            if (route.taker() != null) {
                targets.add(route.taker());
            }
        }
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
        served(request);
        return Reply.json(Json.object());
    }
}
