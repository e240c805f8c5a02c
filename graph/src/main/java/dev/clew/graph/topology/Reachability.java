package dev.clew.graph.topology;

import dev.clew.graph.topology.Finding.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds nodes that nothing leads to, and those from which no run ends, by the edges alone. */
final class Reachability {
    private final Topology topology;
    private final Set<String> reached = new LinkedHashSet<>();

    Reachability(Topology topology) {
        this.topology = topology;
        topology.nodes().stream()
                .filter(node -> node.edges().after().contains(Topology.START))
                .forEach(node -> reach(node.name()));
    }

    /** The node and all that may follow on it; a join is reached if all that it waits for are. */
    private void reach(String first) {
        Deque<String> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            String name = open.pop();
            TopologyNode node = topology.find(name);
            if (node != null && reached.add(name)) {
                open.addAll(successors(node));
                topology.nodes().stream()
                        .filter(join -> !join.edges().afterAll().isEmpty()
                                && reached.containsAll(join.edges().afterAll()))
                        .forEach(join -> open.add(join.name()));
            }
        }
    }

    /** What may run right after a node, joins aside. */
    private Set<String> successors(TopologyNode node) {
        Set<String> names = new LinkedHashSet<>();
        if (!node.isRouter()) {
            topology.nodes().stream()
                    .filter(other -> other.edges().after().contains(node.name()))
                    .forEach(other -> names.add(other.name()));
        }
        names.addAll(targets(node.routes()));
        names.addAll(targets(node.onError()));
        return names;
    }

    private static Set<String> targets(Routes routes) {
        Set<String> names = new LinkedHashSet<>();
        for (RouteCase route : routes.cases()) {
            names.addAll(route.targets());
            if (route.taker() != null) {
                names.add(route.taker());
            }
        }
        return names;
    }

    List<Finding> findings() {
        if (reached.isEmpty()) {
            return List.of(Finding.of(GraphRule.GRAPH_WITHOUT_START, "", Part.NODE, "", topology.name()));
        }
        List<Finding> findings = new ArrayList<>();
        unreachable().forEach(name -> findings.add(Finding.of(GraphRule.NODE_UNREACHABLE, name, Part.NODE, "", name)));
        if (findings.isEmpty()) {
            endless().stream()
                    .limit(1)
                    .forEach(name -> findings.add(Finding.of(GraphRule.NO_WAY_OUT, name, Part.NODE, "", name)));
        }
        return findings;
    }

    /** The nodes that nothing leads to; of those behind them only the first of a circle. */
    private List<String> unreachable() {
        List<String> roots = new ArrayList<>();
        List<String> lost = topology.nodes().stream()
                .map(TopologyNode::name)
                .filter(name -> !reached.contains(name))
                .toList();
        for (String name : lost) {
            if (lost.stream().noneMatch(other -> leadsTo(other, name))) {
                roots.add(name);
            }
        }
        roots.forEach(this::reach);
        for (String name : lost) {
            if (!reached.contains(name)) {
                roots.add(name);
                reach(name);
            }
        }
        return roots;
    }

    private boolean leadsTo(String from, String to) {
        TopologyNode source = topology.find(from);
        TopologyNode target = topology.find(to);
        return source != null
                && target != null
                && (successors(source).contains(to) || target.edges().afterAll().contains(from));
    }

    /** The nodes from which no way leads to an end. */
    private List<String> endless() {
        Set<String> ending = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (TopologyNode node : topology.nodes()) {
                more |= mayEnd(node, ending) && ending.add(node.name());
            }
        }
        return reached.stream().filter(name -> !ending.contains(name)).toList();
    }

    private boolean mayEnd(TopologyNode node, Set<String> ending) {
        return Mermaid.isTerminal(topology, node)
                || node.routes().mayEnd()
                || node.onError().mayEnd()
                || ending.stream().anyMatch(other -> leadsTo(node.name(), other));
    }
}
