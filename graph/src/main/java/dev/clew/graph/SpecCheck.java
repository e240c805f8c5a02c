package dev.clew.graph;

import dev.clew.annotations.KeepLast;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.Finding.Part;
import dev.clew.graph.topology.GraphRule;
import dev.clew.graph.topology.RouteCase;
import dev.clew.graph.topology.Routes;
import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyCheck;
import dev.clew.graph.topology.TopologyNode;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the topology of a described graph, and collects what is wrong with it. */
final class SpecCheck<S> {
    private final StateSpec<S> state;
    private final List<NodeSpec<S>> nodes;
    private final List<Finding> findings = new ArrayList<>();
    private final Topology topology;

    SpecCheck(String name, StateSpec<S> state, List<NodeSpec<S>> nodes, List<String> withoutBody) {
        this.state = state;
        this.nodes = nodes;
        this.topology = new Topology(name, nodes.stream().map(this::node).toList());
        withoutBody.forEach(node -> find(GraphRule.NODE_WITHOUT_BODY, node, Part.NODE, "", node));
        findings.addAll(TopologyCheck.edges(topology, Set.copyOf(withoutBody)));
        nodes.forEach(this::check);
        state.components().forEach(this::container);
        formerNames();
        if (findings.isEmpty()) {
            findings.addAll(TopologyCheck.runs(topology, lastValues()));
        }
        state.components().forEach(this::copied);
    }

    Topology topology() {
        return topology;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private Set<String> lastValues() {
        return state.components().stream()
                .filter(component -> !component.isReduced())
                .map(Component::name)
                .collect(java.util.stream.Collectors.toSet());
    }

    private TopologyNode node(NodeSpec<S> node) {
        String type = node.takes() == null ? "" : simpleName(node.takes().rawType());
        return new TopologyNode(
                node.name(),
                node.edges(),
                new TopologyNode.Takes(type, node.isOnlySent()),
                routes(node, node.ways(), Part.ROUTE),
                routes(node, node.handlerWays(), Part.ON_ERROR),
                node.writes(),
                node.child() == null ? null : node.child().topology());
    }

    private static String simpleName(Class<?> type) {
        return type.getSimpleName();
    }

    private Routes routes(NodeSpec<S> node, Ways ways, Part part) {
        List<RouteCase> cases = new ArrayList<>();
        ways.names().forEach(name -> cases.add(named(name)));
        for (RouteSpec type : ways.types()) {
            if (type.misfit() != null) {
                find(GraphRule.ROUTE_OPEN, node.name(), part, "", simpleName(type.type()), type.misfit());
            }
            type.cases().forEach(c -> addCase(node, c, part, cases));
        }
        if (ways.mayEnd()) {
            cases.add(RouteCase.end(""));
        }
        return new Routes(cases, ways.isMany());
    }

    /** A node that is named at run time gets what it takes, or nothing where that is allowed. */
    private RouteCase named(String name) {
        NodeSpec<S> target = find(name);
        boolean takes = target != null && target.takes() != null;
        boolean plain = target == null || !target.isOnlySent();
        return new RouteCase(name, plain ? List.of(name) : List.of(), takes ? name : null);
    }

    private void addCase(NodeSpec<S> node, RouteSpec.Case route, Part part, List<RouteCase> cases) {
        String label = route.label();
        if (route.isEnd() && !route.targets().isEmpty()) {
            find(GraphRule.CASE_BOTH, node.name(), part, label, "'" + label + "'");
        } else if (route.isEnd()) {
            cases.add(RouteCase.end(label));
        } else if (!route.isSent() && route.targets().isEmpty()) {
            find(GraphRule.CASE_WITHOUT_TARGET, node.name(), part, label, "'" + label + "'");
        } else if (!route.isSent()) {
            cases.add(RouteCase.to(label, route.targets()));
        } else {
            String taker = taker(node, route, part);
            if (taker != null) {
                cases.add(RouteCase.sent(label, taker));
            }
        }
    }

    private @Nullable String taker(NodeSpec<S> node, RouteSpec.Case route, Part part) {
        List<String> takers = nodes.stream()
                .filter(other -> other.accepts((Class<?>) route.key()))
                .map(NodeSpec::name)
                .toList();
        if (takers.isEmpty()) {
            find(GraphRule.CASE_WITHOUT_TAKER, node.name(), part, route.label(), "'" + route.label() + "'");
        } else if (takers.size() > 1) {
            find(
                    GraphRule.CASE_WITH_TAKERS,
                    node.name(),
                    part,
                    route.label(),
                    "'" + route.label() + "'",
                    String.join(", ", takers));
        }
        return takers.isEmpty() ? null : takers.get(0);
    }

    private void check(NodeSpec<S> node) {
        List<String> known = state.components().stream().map(Component::name).toList();
        for (String component : node.writes()) {
            if (!known.contains(component)) {
                find(
                        GraphRule.WRITES_UNKNOWN,
                        node.name(),
                        Part.WRITES,
                        component,
                        node.name(),
                        component,
                        Names.didYouMean(component, known));
            }
        }
        if (node.reads() != null) {
            node.reads().stream()
                    .filter(component -> !known.contains(component))
                    .forEach(component -> find(
                            GraphRule.READS_UNKNOWN,
                            node.name(),
                            Part.NODE,
                            component,
                            node.name(),
                            component,
                            Names.didYouMean(component, known)));
        }
        if (!node.ways().isNone()
                && node.handler() != null
                && node.handlerWays().isNone()) {
            find(GraphRule.HANDLER_WITHOUT_ROUTE, node.name(), Part.ON_ERROR, "", node.name());
        }
        if (node.child() != null) {
            findings.addAll(Subgraphs.check(node.name(), state, node.child()));
        }
    }

    private void container(Component<?, ?> component) {
        for (TypeRef<?> type : List.of(component.type(), component.updateType())) {
            if (!Containers.isKept(type)) {
                find(
                        GraphRule.COMPONENT_CONTAINER,
                        "",
                        Part.NODE,
                        component.name(),
                        component.name(),
                        type.rawType().getSimpleName());
                return;
            }
        }
    }

    /** What grows over a run should not be copied for each node. */
    private void copied(Component<?, ?> component) {
        Class<?> type = component.type().rawType();
        boolean isContainer = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        boolean grows = isContainer && !((Object) component.channel().reducer() instanceof KeepLast.InList<?>);
        if (component.isReduced() && grows && !Immutables.isShared(component.channel())) {
            find(GraphRule.COMPONENT_COPIED, "", Part.NODE, component.name(), component.name(), component.type());
        }
    }

    /** What was recorded under a former name belongs to one node. */
    private void formerNames() {
        Set<String> taken = new HashSet<>(nodes.stream().map(NodeSpec::name).toList());
        for (NodeSpec<S> node : nodes) {
            for (String former : node.formerly()) {
                if (!taken.add(former)) {
                    find(GraphRule.NODE_FORMER_NAME, node.name(), Part.NODE, former, former, node.name());
                }
            }
        }
    }

    private @Nullable NodeSpec<S> find(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private void find(GraphRule rule, String node, Part part, String detail, Object... details) {
        findings.add(Finding.of(rule, node, part, detail, details));
    }
}
