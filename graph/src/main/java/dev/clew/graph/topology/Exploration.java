package dev.clew.graph.topology;

import dev.clew.graph.topology.Finding.Part;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Goes through all supersteps that a graph may come to: which nodes run together, and what joins and deferred nodes wait
 * for. It knows nothing of what nodes decide, so it sees more than will happen; what never happens here never happens.
 */
final class Exploration {
    /** How many supersteps are looked at; a graph that has more is not judged. */
    private static final int STATES = 10_000;

    /** How many ways from one superstep to the next are tried in all. */
    private static final int WAYS = 100_000;

    private final Topology topology;
    private final Moves moves;
    private final Set<Moment> seen = new HashSet<>();
    private final Deque<Moment> open = new ArrayDeque<>();
    private BigInteger fired = BigInteger.ZERO;
    private int ways;
    private boolean complete = true;

    /** Sets of nodes that run, of arrivals at joins, and of deferred nodes that wait; a bit for each. */
    private record Moment(BigInteger running, BigInteger arrived, BigInteger waiting) {}

    private Exploration(Topology topology) {
        this.topology = topology;
        this.moves = new Moves(topology);
    }

    static Exploration of(Topology topology) {
        Exploration exploration = new Exploration(topology);
        exploration.run();
        return exploration;
    }

    private void run() {
        complete = moves.areFew();
        if (complete) {
            go(new Moves.Move(moves.start(), BigInteger.ZERO), BigInteger.ZERO);
        }
        while (complete && !open.isEmpty()) {
            Moment moment = open.pop();
            for (Moves.Move move : together(moment)) {
                go(move, moment.waiting());
            }
            complete &= seen.size() <= STATES && ways <= WAYS;
        }
    }

    /** All that the running nodes may do together. */
    private Set<Moves.Move> together(Moment moment) {
        Set<Moves.Move> all = Set.of(new Moves.Move(BigInteger.ZERO, moment.arrived()));
        for (int node = 0; node < moment.running().bitLength(); node++) {
            if (moment.running().testBit(node)) {
                Set<Moves.Move> longer = new LinkedHashSet<>();
                for (Moves.Move before : all) {
                    moves.of(node).forEach(move -> longer.add(before.and(move)));
                }
                ways += longer.size();
                all = longer;
                if (ways > WAYS) {
                    return all;
                }
            }
        }
        return all;
    }

    /** Adds the superstep that follows, if there is one and it is new. */
    private void go(Moves.Move move, BigInteger waitingBefore) {
        Moves.Move joined = moves.fireJoins(move);
        fired = fired.or(moves.firing(move));
        BigInteger waiting = waitingBefore.or(joined.activated().and(moves.deferred()));
        BigInteger due = joined.activated().andNot(moves.deferred());
        if (due.signum() == 0 && waiting.signum() != 0) {
            due = BigInteger.ONE.shiftLeft(waiting.getLowestSetBit());
            waiting = waiting.andNot(due);
        }
        Moment next = new Moment(due, joined.arrived(), waiting);
        if (due.signum() != 0 && seen.add(next)) {
            open.add(next);
        }
    }

    /** What is wrong for certain; nothing if the graph has too many supersteps. */
    List<Finding> findings(Set<String> lastValues) {
        List<Finding> findings = new ArrayList<>();
        if (complete) {
            joins(findings);
            writers(lastValues, findings);
        }
        return findings;
    }

    /** Joins that never fire, though all that they wait for run: those are dead by themselves, not for what is before. */
    private void joins(List<Finding> findings) {
        for (TopologyNode node : topology.nodes()) {
            List<String> members = node.edges().afterAll();
            boolean alive = fired.testBit(topology.indexOf(node.name()));
            if (!members.isEmpty() && !alive && members.stream().allMatch(this::runs)) {
                String names = String.join(", ", members);
                findings.add(Finding.of(GraphRule.JOIN_DEAD, node.name(), Part.JOIN, names, node.name(), names));
            }
        }
    }

    private boolean runs(String node) {
        int index = topology.indexOf(node);
        return seen.stream().anyMatch(moment -> moment.running().testBit(index));
    }

    private void writers(Set<String> lastValues, List<Finding> findings) {
        List<TopologyNode> nodes = topology.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = i + 1; j < nodes.size(); j++) {
                for (String component : nodes.get(i).writes()) {
                    if (lastValues.contains(component) && nodes.get(j).writes().contains(component)) {
                        collide(nodes.get(i), nodes.get(j), component, findings);
                    }
                }
            }
        }
    }

    private void collide(TopologyNode one, TopologyNode other, String component, List<Finding> findings) {
        if (isAlwaysWith(one, other)) {
            findings.add(collision(one, other, component));
        } else if (isAlwaysWith(other, one)) {
            findings.add(collision(other, one, component));
        }
    }

    private static Finding collision(TopologyNode one, TopologyNode other, String component) {
        return Finding.of(
                GraphRule.WRITERS_COLLIDE, one.name(), Part.WRITES, component, one.name(), other.name(), component);
    }

    private boolean isAlwaysWith(TopologyNode one, TopologyNode other) {
        int first = topology.indexOf(one.name());
        int second = topology.indexOf(other.name());
        List<Moment> with =
                seen.stream().filter(m -> m.running().testBit(first)).toList();
        return !with.isEmpty() && with.stream().allMatch(m -> m.running().testBit(second));
    }
}
