package dev.clew.processor.graph;

import dev.clew.annotations.To;
import dev.clew.graph.topology.Finding.Part;
import dev.clew.graph.topology.GraphRule;
import dev.clew.graph.topology.RouteCase;
import dev.clew.graph.topology.Routes;
import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyCheck;
import dev.clew.graph.topology.TopologyNode;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.Location;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.validate.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * The topology of an annotated graph, and what is wrong with it: the same rules judge graphs that are made at run time. Shows
 * each finding where the user wrote what it is about.
 */
final class Shape {
    private final GraphDeclaration graph;
    private final StateDeclaration state;
    private final RouteTypes routeTypes;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Element> cases = new HashMap<>();
    private final Topology topology;

    Shape(GraphDeclaration graph, StateDeclaration state, Types types) {
        this.graph = graph;
        this.state = state;
        this.routeTypes = new RouteTypes(types);
        this.topology = new Topology(
                graph.recordedName(),
                Stream.concat(
                                graph.nodes().stream().map(this::node),
                                graph.innerNodes().stream().map(this::subgraph))
                        .toList());
    }

    Topology topology() {
        return topology;
    }

    List<Finding> findings() {
        Set<String> lastValues = state.components().stream()
                .filter(component -> component.reduction().isEmpty())
                .map(ComponentDeclaration::name)
                .collect(Collectors.toSet());
        formerNames();
        List<Finding> all = new ArrayList<>(findings);
        TopologyCheck.of(topology, lastValues).stream()
                .filter(found -> findings.isEmpty() || !isFollowUp(found))
                .forEach(found -> all.add(placed(found)));
        return all;
    }

    /** What is only so because a route was left out that is wrong. */
    private static boolean isFollowUp(dev.clew.graph.topology.Finding found) {
        return switch (found.rule()) {
            case NODE_UNREACHABLE, JOIN_DEAD, WRITERS_COLLIDE, NO_WAY_OUT -> true;
            default -> false;
        };
    }

    // --- the topology ---

    private TopologyNode node(NodeDeclaration node) {
        NodeDeclaration handler = graph.handler(node.name()).orElse(null);
        return new TopologyNode(
                node.name(),
                new TopologyNode.Edges(node.after(), node.afterAll(), node.isDeferred()),
                node.sent()
                        .map(sent -> new TopologyNode.Takes(simpleName(sent.type()), !sent.mayBeMissing()))
                        .orElse(TopologyNode.Takes.NOTHING),
                routes(node, Part.ROUTE, node),
                handler == null ? Routes.NONE : routes(node, Part.ON_ERROR, handler),
                node.writes().stream().toList(),
                null);
    }

    private TopologyNode subgraph(SubgraphDeclaration node) {
        return new TopologyNode(
                node.name(),
                new TopologyNode.Edges(node.after(), node.afterAll(), node.isDeferred()),
                node.taken()
                        .map(taken ->
                                new TopologyNode.Takes(taken.getSimpleName().toString(), false))
                        .orElse(TopologyNode.Takes.NOTHING),
                node.routes() == null ? Routes.NONE : routes(node, Part.ROUTE, node.routes(), false, node.here()),
                Routes.NONE,
                node.writes().isEmpty() ? List.of() : List.of(node.writes()),
                null);
    }

    private static String simpleName(TypeMirror type) {
        String name = type.toString().replaceFirst("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** How a node routes, or the method that stands in for it. */
    private Routes routes(GraphNode node, Part part, NodeDeclaration method) {
        TypeMirror type = method.answer().route();
        return type == null
                ? Routes.NONE
                : routes(node, part, routeTypes.of(type), method.answer().isMany(), method.here());
    }

    private Routes routes(GraphNode node, Part part, RouteTypes.Route route, boolean isMany, Location sender) {
        if (!route.misfit().isEmpty()) {
            find(GraphRule.ROUTE_OPEN, sender, simpleName(route.type()), route.misfit());
            return Routes.NONE;
        }
        List<RouteCase> found = new ArrayList<>();
        for (RouteTypes.Case each : route.cases()) {
            cases.put(key(node.name(), part) + each.label(), each.element());
            boolean isCase = !simpleName(route.type()).equals(each.label());
            RouteCase routed = routed(each, isCase ? Location.of(each.element()) : sender);
            if (routed != null) {
                found.add(routed);
            }
        }
        return new Routes(found, isMany);
    }

    private static String key(String node, Part part) {
        return part + " of " + node + "/";
    }

    /** A record that nobody takes is shown where it is sent, and a case of a sealed type at the case. */
    private @Nullable RouteCase routed(RouteTypes.Case route, Location sender) {
        String label = route.label();
        Location place = Location.of(route.element());
        if (route.isEnd() && !route.targets().isEmpty()) {
            find(GraphRule.CASE_BOTH, place, "'" + label + "'");
        } else if (route.isEnd()) {
            return RouteCase.end(label);
        } else if (!route.targets().isEmpty()) {
            return RouteCase.to(label, route.targets());
        } else if (route.isConstant()) {
            find(GraphRule.CASE_WITHOUT_TARGET, place, "'" + label + "'");
        } else {
            return sent(route, sender);
        }
        return null;
    }

    private @Nullable RouteCase sent(RouteTypes.Case route, Location sender) {
        TypeElement type = (TypeElement) route.element();
        List<String> takers = Stream.<GraphNode>concat(
                        graph.nodes().stream().filter(each -> takes(each, type)),
                        graph.innerNodes().stream()
                                .filter(each ->
                                        each.taken().filter(type::equals).isPresent()))
                .map(GraphNode::name)
                .toList();
        String label = route.label();
        if (takers.isEmpty()) {
            find(GraphRule.CASE_WITHOUT_TAKER, sender, "'" + label + "'");
        } else if (takers.size() > 1) {
            find(GraphRule.CASE_WITH_TAKERS, sender, "'" + label + "'", String.join(", ", takers));
        }
        return takers.isEmpty() ? null : RouteCase.sent(label, takers.get(0));
    }

    private boolean takes(NodeDeclaration node, TypeElement sent) {
        return node.sent()
                .map(NodeParameter::type)
                .filter(type -> routeTypes.of(type).sent().contains(sent))
                .isPresent();
    }

    private void find(GraphRule rule, Location place, Object... details) {
        findings.add(finding(rule, place, details));
    }

    /** What breaks a rule at this place. */
    static Finding finding(GraphRule rule, Location place, Object... details) {
        return new Finding(
                rule.code(),
                place,
                rule.message(details),
                rule.isError() ? Finding.Severity.ERROR : Finding.Severity.NOTE);
    }

    /** What was recorded under a former name belongs to one node. */
    private void formerNames() {
        Set<String> taken = new HashSet<>();
        nodes().forEach(node -> taken.add(node.name()));
        nodes().forEach(node -> node.formerly().stream()
                .filter(former -> !taken.add(former))
                .forEach(former -> find(GraphRule.NODE_FORMER_NAME, node.at("formerly"), former, node.name())));
    }

    private Stream<GraphNode> nodes() {
        return Stream.<GraphNode>concat(graph.nodes().stream(), graph.innerNodes().stream());
    }

    // --- where things were written ---

    private Finding placed(dev.clew.graph.topology.Finding found) {
        return new Finding(
                found.code(),
                place(found),
                found.message(),
                found.isError() ? Finding.Severity.ERROR : Finding.Severity.NOTE);
    }

    private Location place(dev.clew.graph.topology.Finding found) {
        // Of two with one name the second is shown.
        GraphNode node = nodes().filter(each -> each.name().equals(found.node()))
                .reduce((first, second) -> found.rule() == GraphRule.NODE_TWICE ? second : first)
                .orElse(null);
        if (node == null) {
            return Location.of(graph.type());
        }
        return switch (found.part()) {
            case NODE -> node.here();
            case AFTER ->
                node.at(
                        node.options()
                                        .text("after")
                                        .filter(found.detail()::equals)
                                        .isPresent()
                                ? "after"
                                : "afterAny");
            case JOIN -> node.at("afterAll");
            case WRITES -> node.at("writes");
            case ROUTE, ON_ERROR -> route(node, found.part(), found.detail());
            case TAKES -> taken(node);
        };
    }

    private static Location taken(GraphNode node) {
        return node instanceof NodeDeclaration method
                ? method.sent().map(method::at).orElse(node.here())
                : node.here();
    }

    /** The case of this label, or the one that has an unknown target of this name. */
    private Location route(GraphNode node, Part part, String detail) {
        String key = key(node.name(), part);
        Element named = cases.get(key + detail);
        if (named != null) {
            return Location.of(named);
        }
        return cases.entrySet().stream()
                .filter(each -> each.getKey().startsWith(key))
                .map(Map.Entry::getValue)
                .filter(each -> Attributes.of(each, To.class)
                        .filter(to -> to.texts("value").contains(detail))
                        .isPresent())
                .findFirst()
                .map(Location::of)
                .orElse(part == Part.ON_ERROR ? handler(node) : node.here());
    }

    private Location handler(GraphNode node) {
        return graph.handler(node.name()).map(NodeDeclaration::here).orElse(node.here());
    }
}
