package dev.clew.graph.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What leads to nodes in one superstep: edges, which merge, and records, which do not. Nodes stand for their indexes. */
final class Activations {
    private final BitSet edges = new BitSet();
    private final List<To> sent = new ArrayList<>();

    /** Records for a node. */
    private record To(int node, Sent records) {}

    void edge(int node) {
        edges.set(node);
    }

    /** What leads to this node by an edge counts no more. */
    void drop(int node) {
        edges.clear(node);
    }

    /** Records that follow on the last ones, in the same list and for the same node, are joined to them. */
    void sent(int node, Sent records) {
        To last = sent.isEmpty() ? null : sent.get(sent.size() - 1);
        if (last != null && last.node() == node && last.records().isFollowedBy(records)) {
            sent.set(sent.size() - 1, new To(node, last.records().and(records)));
        } else {
            sent.add(new To(node, records));
        }
    }

    boolean isEmpty() {
        return edges.isEmpty() && sent.isEmpty();
    }

    /** Takes out what leads to deferred nodes. */
    Map<Integer, Waiting> takeDeferred(BitSet deferred, List<String> names) {
        Map<Integer, Waiting> taken = new LinkedHashMap<>();
        BitSet waiting = (BitSet) edges.clone();
        waiting.and(deferred);
        waiting.stream().forEach(node -> taken.put(node, new Waiting(names.get(node), true, List.of())));
        sent.stream()
                .filter(to -> deferred.get(to.node()))
                .forEach(to -> taken.merge(
                        to.node(), new Waiting(names.get(to.node()), false, List.of(to.records())), Waiting::and));
        edges.andNot(deferred);
        sent.removeIf(to -> deferred.get(to.node()));
        return taken;
    }

    /** What is due, in planned order: edges by declaration, then records as they were sent. */
    List<Due> due(List<String> names, Map<String, Integer> executed) {
        List<Due> due = new ArrayList<>();
        for (int node = edges.nextSetBit(0); node >= 0; node = edges.nextSetBit(node + 1)) {
            due.add(new Due(names.get(node), executed.getOrDefault(names.get(node), 0) + 1, null));
        }
        if (!sent.isEmpty()) {
            Map<String, Integer> counts = new HashMap<>(executed);
            due.forEach(group -> counts.put(group.node(), group.first()));
            sent.forEach(to -> due.add(due(names.get(to.node()), to.records(), counts)));
        }
        return due;
    }

    private static Due due(String node, Sent sent, Map<String, Integer> counts) {
        Due due = new Due(node, counts.getOrDefault(node, 0) + 1, sent);
        counts.merge(node, due.count(), Integer::sum);
        return due;
    }
}
