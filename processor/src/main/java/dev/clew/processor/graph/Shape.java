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
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                                graph.subgraphs().stream().map(this::subgraph))
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
                routes(node),
                handler == null ? Routes.NONE : routes(handler),
                node.writes().stream().toList(),
                null);
    }

    private TopologyNode subgraph(SubgraphDeclaration node) {
        return new TopologyNode(
                node.name(),
                new TopologyNode.Edges(node.after(), node.afterAll(), node.isDeferred()),
                TopologyNode.Takes.NOTHING,
                Routes.NONE,
                Routes.NONE,
                List.of(),
                null);
    }

    private static String simpleName(TypeMirror type) {
        String name = type.toString().replaceFirst("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private Routes routes(NodeDeclaration node) {
        TypeMirror type = node.answer().route();
        if (type == null) {
            return Routes.NONE;
        }
        RouteTypes.Route route = routeTypes.of(type);
        if (!route.misfit().isEmpty()) {
            find(GraphRule.ROUTE_OPEN, node.here(), simpleName(type), route.misfit());
            return Routes.NONE;
        }
        List<RouteCase> found = new ArrayList<>();
        for (RouteTypes.Case each : route.cases()) {
            cases.put(node.name() + "/" + each.label(), each.element());
            RouteCase routed = routed(node, each);
            if (routed != null) {
                found.add(routed);
            }
        }
        return new Routes(found, node.answer().isMany());
    }

    private @Nullable RouteCase routed(NodeDeclaration node, RouteTypes.Case route) {
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
            return sent(node, route);
        }
        return null;
    }

    /** A record that nobody takes is shown where it is sent, and a case of a sealed type at the case. */
    private @Nullable RouteCase sent(NodeDeclaration node, RouteTypes.Case route) {
        List<String> takers = graph.nodes().stream()
                .filter(each -> takes(each, (TypeElement) route.element()))
                .map(NodeDeclaration::name)
                .toList();
        String label = route.label();
        boolean isCase =
                !simpleName(Objects.requireNonNull(node.answer().route())).equals(label);
        if (takers.isEmpty()) {
            find(GraphRule.CASE_WITHOUT_TAKER, isCase ? Location.of(route.element()) : node.here(), "'" + label + "'");
        } else if (takers.size() > 1) {
            find(
                    GraphRule.CASE_WITH_TAKERS,
                    isCase ? Location.of(route.element()) : node.here(),
                    "'" + label + "'",
                    String.join(", ", takers));
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
        findings.add(new Finding(
                rule.code(),
                place,
                rule.message(details),
                rule.isError() ? Finding.Severity.ERROR : Finding.Severity.NOTE));
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
        NodeDeclaration node = graph.nodes().stream()
                .filter(each -> each.name().equals(found.node()))
                .reduce((first, second) -> found.rule() == GraphRule.NODE_TWICE ? second : first)
                .orElse(null);
        if (node == null) {
            return graph.subgraphs().stream()
                    .filter(each -> each.name().equals(found.node()))
                    .map(SubgraphDeclaration::here)
                    .findFirst()
                    .orElse(Location.of(graph.type()));
        }
        Part part = found.part();
        if (part == Part.AFTER) {
            return node.at(
                    node.options().text("after").filter(found.detail()::equals).isPresent() ? "after" : "afterAny");
        } else if (part == Part.JOIN) {
            return node.at("afterAll");
        } else if (part == Part.WRITES) {
            return node.at("writes");
        } else if (part == Part.ROUTE || part == Part.ON_ERROR) {
            return route(node, found.detail());
        }
        return part == Part.TAKES ? node.sent().map(node::at).orElse(node.here()) : node.here();
    }

    /** The case of this label, or the one that has an unknown target of this name. */
    private Location route(NodeDeclaration node, String detail) {
        Element named = cases.get(node.name() + "/" + detail);
        if (named != null) {
            return Location.of(named);
        }
        return cases.entrySet().stream()
                .filter(each -> each.getKey().startsWith(node.name() + "/"))
                .map(Map.Entry::getValue)
                .filter(each -> Attributes.of(each, To.class)
                        .filter(to -> to.texts("value").contains(detail))
                        .isPresent())
                .findFirst()
                .map(Location::of)
                .orElse(node.here());
    }
}
