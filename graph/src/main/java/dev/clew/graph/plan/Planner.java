package dev.clew.graph.plan;

import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Says what the next superstep runs. It decides by the plan of the superstep before and the routes that its executions gave,
 * and by nothing else. Immutable and thread-safe.
 *
 * <ul>
 *   <li>Edges to one node in one superstep are one activation; each record that is sent to it is one of its own.
 *   <li>A join keeps who arrived until all have; then its node is activated, and it waits for all again. Other activations of
 *       the node neither use nor reset it.
 *   <li>What leads to a deferred node waits, merged, until nothing else is due; then the first such node in the order of
 *       declaration runs alone, with all that waited for it.
 * </ul>
 */
public final class Planner {
    private final Topology topology;
    private final List<String> names;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<List<Integer>> successors = new ArrayList<>();
    private final List<List<Integer>> joins = new ArrayList<>();
    private final BitSet deferred = new BitSet();

    /**
     * The planner of a graph.
     *
     * @param formerly the names that nodes had before, each with the present one
     */
    public Planner(Topology topology, Map<String, String> formerly) {
        this.topology = topology;
        this.names = topology.nodes().stream().map(TopologyNode::name).toList();
        names.forEach(name -> indexes.put(name, topology.indexOf(name)));
        formerly.forEach((former, present) -> indexes.putIfAbsent(former, topology.indexOf(present)));
        for (TopologyNode node : topology.nodes()) {
            successors.add(after(node.name()));
            joins.add(waitingFor(node.name()));
            deferred.set(topology.indexOf(node.name()), node.isDeferred());
        }
    }

    private List<Integer> after(String node) {
        return indexesOf(other -> other.edges().after().contains(node));
    }

    private List<Integer> waitingFor(String node) {
        return indexesOf(other -> other.edges().afterAll().contains(node));
    }

    private List<Integer> indexesOf(Predicate<TopologyNode> wanted) {
        return topology.nodes().stream()
                .filter(wanted)
                .map(node -> topology.indexOf(node.name()))
                .toList();
    }

    /** The present name of a node that has, or had, this name; the name itself if there is none. */
    public String presentName(String recorded) {
        Integer index = indexes.get(recorded);
        return index == null ? recorded : names.get(index);
    }

    /** The due nodes of a plan that the graph does not have any more. */
    public List<String> missing(Plan plan) {
        List<String> missing = List.of();
        for (Due group : plan.due()) {
            String node = group.node();
            if (!indexes.containsKey(node) && !node.equals(Topology.START) && !missing.contains(node)) {
                missing = Stream.concat(missing.stream(), Stream.of(node)).toList();
            }
        }
        return missing;
    }

    /** Adds the executions of a plan to how often each node was executed, by its present name. */
    public void count(Plan plan, Map<String, Integer> executed) {
        plan.due().forEach(group -> executed.merge(presentName(group.node()), group.count(), Integer::sum));
    }

    /** The first superstep of a run: what runs after START. */
    public Plan first() {
        Activations activations = new Activations();
        after(Topology.START).forEach(activations::edge);
        return plan(1, activations, new Progress(), Map.of());
    }

    /**
     * The superstep that follows on one whose executions have all ended. Its plan {@linkplain Plan#isEnd() is empty} if the
     * run ends.
     *
     * @param done the superstep's plan
     * @param routings how each of its executions goes on, in planned order
     * @param executed how often each node was executed in the run, this superstep included
     */
    public Plan next(Plan done, List<Routing> routings, Map<String, Integer> executed) {
        List<Execution> executions = done.executions();
        if (executions.size() != routings.size()) {
            throw new IllegalArgumentException(
                    "superstep " + done.number() + " has " + executions.size() + " executions, not " + routings.size());
        }
        Activations activations = new Activations();
        Progress progress = new Progress(done);
        for (int i = 0; i < executions.size(); i++) {
            follow(executions.get(i), routings.get(i), activations, progress);
        }
        return plan(done.number() + 1, activations, progress, executed);
    }

    /**
     * What is due after an execution that nobody planned, which an edit by hand has put before it: what was due stays, and
     * what the execution leads to is added.
     *
     * @param due what was due
     * @param done the execution
     * @param executed how often each node was executed in the run, without the execution
     */
    public Plan inserted(Plan due, Execution done, Routing routing, Map<String, Integer> executed) {
        Activations activations = new Activations();
        Progress progress = new Progress(due);
        if (done.node().equals(Topology.START)) {
            after(Topology.START).forEach(activations::edge);
        } else {
            follow(done, routing, activations, progress);
        }
        // What is due by an edge has all that its join waited for.
        due.due().stream()
                .filter(group -> group.sent() == null)
                .map(group -> indexOf(presentName(group.node())))
                .filter(join -> !routing.isRouted() && joinsOf(done).contains(join))
                .forEach(join -> progress.withdraw(join, presentName(done.node()), due));
        Map<String, Integer> counts = new HashMap<>(executed);
        counts.merge(presentName(done.node()), 1, Integer::sum);
        count(due, counts);
        progress.fireJoins(activations);
        due.due().stream()
                .filter(group -> group.sent() == null)
                .forEach(group -> activations.drop(indexOf(presentName(group.node()))));
        activations.takeDeferred(deferred, names).forEach(progress::defer);
        if (activations.isEmpty() && due.isEnd()) {
            progress.releaseFirst(activations);
        }
        List<Due> all = new ArrayList<>(due.due());
        all.addAll(activations.due(names, counts));
        all.sort(Comparator.comparing((Due group) -> group.sent() != null)
                .thenComparing(group -> group.sent() == null ? indexOf(presentName(group.node())) : 0));
        return new Plan(due.number() + 1, all, progress.arrivals(), progress.waiting());
    }

    private List<Integer> joinsOf(Execution execution) {
        Integer index = indexes.get(execution.node());
        return index == null ? List.of() : joins.get(index);
    }

    private void follow(Execution execution, Routing routing, Activations activations, Progress progress) {
        Integer index = indexes.get(execution.node());
        if (routing.isRouted()) {
            route(execution, routing, activations);
        } else if (index != null) {
            successors.get(index).forEach(activations::edge);
            joins.get(index).forEach(join -> progress.arrive(join, names.get(index)));
        }
    }

    private void route(Execution execution, Routing routing, Activations activations) {
        for (int i = 0; i < routing.hops().size(); i++) {
            Routing.Hop hop = routing.hops().get(i);
            hop.targets().forEach(target -> activations.edge(indexOf(target)));
            if (hop.taker() != null) {
                activations.sent(indexOf(hop.taker()), new Sent(execution.node(), execution.number(), i, 1));
            }
        }
    }

    private int indexOf(String node) {
        Integer index = indexes.get(node);
        if (index == null) {
            throw new IllegalArgumentException("the graph '" + topology.name() + "' has no node '" + node + "'");
        }
        return index;
    }

    private Plan plan(int number, Activations activations, Progress progress, Map<String, Integer> executed) {
        progress.fireJoins(activations);
        if (!deferred.isEmpty()) {
            activations.takeDeferred(deferred, names).forEach(progress::defer);
        }
        if (activations.isEmpty()) {
            progress.releaseFirst(activations);
        }
        return new Plan(number, activations.due(names, executed), progress.arrivals(), progress.waiting());
    }

    /** What joins and deferred nodes have, while the next superstep is planned; by the indexes of their nodes. */
    private final class Progress {
        private final Map<Integer, Set<String>> arrived = new TreeMap<>();
        private final Map<Integer, Waiting> waiting = new TreeMap<>();

        Progress() {}

        Progress(Plan done) {
            done.arrivals().forEach(join -> join.members().forEach(member -> recall(join.join(), member)));
            done.waiting().forEach(node -> {
                Integer index = indexes.get(node.node());
                if (index != null) {
                    waiting.put(index, new Waiting(names.get(index), node.byEdge(), node.sent()));
                }
            });
        }

        /** An arrival of before; the join may be gone by now. */
        private void recall(String join, String member) {
            Integer index = indexes.get(join);
            if (index != null && !topology.nodes().get(index).edges().afterAll().isEmpty()) {
                arrive(index, presentName(member));
            }
        }

        void arrive(int join, String member) {
            arrived.computeIfAbsent(join, node -> new LinkedHashSet<>()).add(member);
        }

        /** An arrival counts no more, unless it was there before. */
        void withdraw(int join, String member, Plan before) {
            boolean wasThere = before.arrivals().stream()
                    .anyMatch(at ->
                            at.join().equals(names.get(join)) && at.members().contains(member));
            if (!wasThere) {
                arrived.getOrDefault(join, new LinkedHashSet<>()).remove(member);
                arrived.values().removeIf(Set::isEmpty);
            }
        }

        void fireJoins(Activations activations) {
            arrived.entrySet().removeIf(join -> {
                boolean fires = join.getValue()
                        .containsAll(topology.nodes().get(join.getKey()).edges().afterAll());
                if (fires) {
                    activations.edge(join.getKey());
                }
                return fires;
            });
        }

        void defer(int node, Waiting more) {
            waiting.merge(node, more, Waiting::and);
        }

        /** The deferred node that was declared first runs, with all that waited for it. */
        void releaseFirst(Activations activations) {
            if (!waiting.isEmpty()) {
                int node = waiting.keySet().iterator().next();
                Waiting first = waiting.remove(node);
                if (first != null && first.byEdge()) {
                    activations.edge(node);
                }
                if (first != null) {
                    first.sent().forEach(records -> activations.sent(node, records));
                }
            }
        }

        List<Arrivals> arrivals() {
            return arrived.entrySet().stream()
                    .map(join -> new Arrivals(names.get(join.getKey()), inOrder(join.getValue())))
                    .toList();
        }

        private List<String> inOrder(Set<String> members) {
            return members.stream()
                    .sorted(Comparator.comparingInt(name -> indexes.getOrDefault(name, names.size())))
                    .toList();
        }

        List<Waiting> waiting() {
            return List.copyOf(waiting.values());
        }
    }
}
