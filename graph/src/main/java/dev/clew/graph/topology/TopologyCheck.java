package dev.clew.graph.topology;

import dev.clew.graph.topology.Finding.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects everything that is wrong with the shape of a graph.
 *
 * <pre>{@code
 * List<Finding> findings = TopologyCheck.of(topology, Set.of("draft"));
 * }</pre>
 */
public final class TopologyCheck {
    private final Topology topology;
    private final Set<String> known = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private TopologyCheck(Topology topology, Set<String> declared) {
        this.topology = topology;
        topology.nodes().forEach(node -> known.add(node.name()));
        known.addAll(declared);
    }

    /** What is wrong with a graph, all at once; of what runs may do only if its names and edges are right. */
    public static List<Finding> of(Topology topology, Set<String> lastValues) {
        List<Finding> findings = new ArrayList<>(edges(topology, Set.of()));
        if (findings.isEmpty()) {
            findings.addAll(runs(topology, lastValues));
        }
        return findings;
    }

    /**
     * What is wrong with names, edges and routes, each by itself.
     *
     * @param declared names of nodes that are declared but not in the topology, because something is wrong with them
     */
    public static List<Finding> edges(Topology topology, Set<String> declared) {
        TopologyCheck check = new TopologyCheck(topology, declared);
        check.names();
        topology.nodes().forEach(check::node);
        return List.copyOf(check.findings);
    }

    /**
     * What will be wrong with runs of a graph whose names and edges are right: nodes that never run, dead joins, writers that
     * always collide.
     *
     * @param lastValues the components of its state that keep their last value
     */
    public static List<Finding> runs(Topology topology, Set<String> lastValues) {
        List<Finding> findings = new ArrayList<>(new Reachability(topology).findings());
        if (findings.stream().noneMatch(Finding::isError)) {
            findings.addAll(Exploration.of(topology).findings(lastValues));
            findings.addAll(new UnevenPaths(topology).findings());
        }
        return List.copyOf(findings);
    }

    private void names() {
        Map<String, Integer> counts = new HashMap<>();
        for (TopologyNode node : topology.nodes()) {
            String problem = NodeNames.problem(node.name());
            if (!problem.isEmpty()) {
                add(GraphRule.NODE_NAME, node.name(), Part.NODE, "", node.name(), problem);
            }
            if (counts.merge(node.name(), 1, Integer::sum) == 2) {
                add(GraphRule.NODE_TWICE, node.name(), Part.NODE, "", node.name());
            }
        }
    }

    private void node(TopologyNode node) {
        node.edges().after().forEach(source -> edge(node, source, Part.AFTER));
        node.edges().afterAll().forEach(source -> edge(node, source, Part.JOIN));
        node.routes().cases().forEach(route -> route(node, route, Part.ROUTE));
        node.onError().cases().forEach(route -> route(node, route, Part.ON_ERROR));
    }

    private void edge(TopologyNode node, String source, Part part) {
        String name = node.name();
        if (source.equals(Topology.START)) {
            if (part == Part.JOIN) {
                add(GraphRule.JOIN_OF_START, name, part, source, name);
            }
        } else if (!known.contains(source)) {
            unknown((part == Part.JOIN ? "afterAll of '" : "after of '") + name + "'", name, part, source);
            return;
        }
        TopologyNode before = topology.find(source);
        if (before != null && before.isRouter()) {
            add(GraphRule.ROUTER_WITH_SUCCESSOR, name, part, source, name, source);
        }
        if (node.takes().isOnly()) {
            add(
                    GraphRule.TAKER_WITH_EDGE,
                    name,
                    part,
                    source,
                    name,
                    node.takes().type(),
                    source);
        }
    }

    private void route(TopologyNode node, RouteCase route, Part part) {
        String label = "'" + (route.label().isEmpty() ? node.name() : route.label()) + "' of '" + node.name() + "'";
        for (String target : route.targets()) {
            TopologyNode found = topology.find(target);
            if (found == null && !known.contains(target)) {
                unknown(
                        target.equals(route.label()) ? "the route of '" + node.name() + "'" : label,
                        node.name(),
                        part,
                        target);
            } else if (found != null && found.takes().isOnly()) {
                add(
                        GraphRule.TAKER_AS_TARGET,
                        node.name(),
                        part,
                        route.label(),
                        label,
                        target,
                        found.takes().type());
            }
        }
    }

    private void unknown(String where, String node, Part part, String name) {
        String near = Nearest.of(name, known)
                .map(other -> "; did you mean '" + other + "'?")
                .orElse("");
        add(GraphRule.NODE_UNKNOWN, node, part, name, where, name, near);
    }

    private void add(GraphRule rule, String node, Part part, String detail, Object... details) {
        findings.add(Finding.of(rule, node, part, detail, details));
    }
}
