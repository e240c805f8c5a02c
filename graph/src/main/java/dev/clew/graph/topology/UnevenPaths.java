package dev.clew.graph.topology;

import dev.clew.graph.topology.Finding.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds nodes that two ways of unequal length lead to from one node: they run once for each. Looks at edges alone, which are
 * always taken; what routes do is not certain.
 */
final class UnevenPaths {
    /** How many ways to one node are looked at; a node that has more is not judged. */
    private static final int MOST_WAYS = 1_000;

    private final Topology topology;

    UnevenPaths(Topology topology) {
        this.topology = topology;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (TopologyNode node : topology.nodes()) {
            Finding found = node.edges().after().size() > 1 && !node.isDeferred() ? of(node) : null;
            if (found != null) {
                findings.add(found);
            }
        }
        return findings;
    }

    private @Nullable Finding of(TopologyNode node) {
        List<List<String>> ways = waysTo(node);
        for (int i = 0; i < ways.size(); i++) {
            for (int j = 0; j < i; j++) {
                List<String> shorter = ways.get(j);
                List<String> longer = ways.get(i);
                if (shorter.size() < longer.size() && fork(shorter, longer)) {
                    return twice(node.name(), shorter, longer);
                }
            }
        }
        return null;
    }

    private static Finding twice(String node, List<String> shorter, List<String> longer) {
        String last = longer.get(longer.size() - 2);
        String first = shorter.get(shorter.size() - 2);
        String join = first.equals(Topology.START)
                ? "after = \"" + last + "\""
                : "afterAll = {\"" + first + "\", \"" + last + "\"}";
        return Finding.of(
                GraphRule.NODE_RUNS_TWICE,
                node,
                Part.AFTER,
                last,
                node,
                String.join(" → ", shorter),
                String.join(" → ", longer),
                join);
    }

    /** Whether two ways begin at one node and meet at their ends only. */
    private static boolean fork(List<String> one, List<String> other) {
        return one.get(0).equals(other.get(0))
                && Collections.disjoint(one.subList(1, one.size() - 1), other.subList(1, other.size() - 1));
    }

    /** All ways over edges that end at a node, the shortest first; none if there are too many. */
    private List<List<String>> waysTo(TopologyNode node) {
        List<List<String>> ways = new ArrayList<>();
        Deque<List<String>> open = new ArrayDeque<>(List.of(List.of(node.name())));
        while (!open.isEmpty()) {
            List<String> way = open.remove();
            TopologyNode first = topology.find(way.get(0));
            if (first == null || first.isDeferred()) {
                continue;
            }
            for (String before : first.edges().after()) {
                if (isTaken(before) && !way.contains(before)) {
                    List<String> longer = new ArrayList<>(List.of(before));
                    longer.addAll(way);
                    ways.add(longer);
                    open.add(longer);
                }
            }
            if (ways.size() > MOST_WAYS) {
                return List.of();
            }
        }
        return ways;
    }

    /** Whether the edges of a node are taken whenever it has run. */
    private boolean isTaken(String name) {
        TopologyNode node = topology.find(name);
        return name.equals(Topology.START)
                || (node != null && !node.isRouter() && node.onError().isNone());
    }
}
