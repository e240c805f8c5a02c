package dev.clew.graph.topology;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each node of a graph may do when it has run, as sets of bits. */
final class Moves {
    /** A list of routes may be any subset of them: so many are too many. */
    private static final int MOST_ROUTES = 12;

    private final Topology topology;
    private final List<BigInteger> joins = new ArrayList<>();
    private final List<@Nullable Set<Move>> byNode = new ArrayList<>();
    private BigInteger deferred = BigInteger.ZERO;
    private BigInteger start = BigInteger.ZERO;

    /**
     * What nodes activate, and what they bring to joins.
     *
     * @param activated a bit for each node
     * @param arrived a bit for each member of each join
     */
    record Move(BigInteger activated, BigInteger arrived) {
        static final Move NONE = new Move(BigInteger.ZERO, BigInteger.ZERO);

        Move and(Move other) {
            return new Move(activated.or(other.activated), arrived.or(other.arrived));
        }
    }

    Moves(Topology topology) {
        this.topology = topology;
        int bit = 0;
        for (TopologyNode node : topology.nodes()) {
            int members = node.edges().afterAll().size();
            joins.add(BigInteger.ONE.shiftLeft(members).subtract(BigInteger.ONE).shiftLeft(bit));
            bit += members;
            if (node.isDeferred()) {
                deferred = deferred.or(bit(node.name()));
            }
            if (node.edges().after().contains(Topology.START)) {
                start = start.or(bit(node.name()));
            }
        }
        topology.nodes().forEach(node -> byNode.add(movesOf(node)));
    }

    BigInteger deferred() {
        return deferred;
    }

    BigInteger start() {
        return start;
    }

    /** Whether each node has so few that they can be tried. */
    boolean areFew() {
        return byNode.stream().allMatch(moves -> moves != null);
    }

    Set<Move> of(int node) {
        Set<Move> moves = byNode.get(node);
        return moves == null ? Set.of() : moves;
    }

    /** The joins that have all that they wait for, a bit for the node of each. */
    BigInteger firing(Move move) {
        BigInteger firing = BigInteger.ZERO;
        for (int node = 0; node < joins.size(); node++) {
            BigInteger members = joins.get(node);
            if (members.signum() != 0 && move.arrived().and(members).equals(members)) {
                firing = firing.setBit(node);
            }
        }
        return firing;
    }

    /** What is done when joins that have all activated their nodes, and wait for all again. */
    Move fireJoins(Move move) {
        BigInteger firing = firing(move);
        BigInteger arrived = move.arrived();
        for (int node = 0; node < firing.bitLength(); node++) {
            if (firing.testBit(node)) {
                arrived = arrived.andNot(joins.get(node));
            }
        }
        return new Move(move.activated().or(firing), arrived);
    }

    private @Nullable Set<Move> movesOf(TopologyNode node) {
        Set<Move> moves = node.isRouter() ? routes(node.routes()) : new LinkedHashSet<>(Set.of(successors(node)));
        if (moves != null && !node.onError().isNone()) {
            Set<Move> handled = routes(node.onError());
            if (handled == null) {
                return null;
            }
            moves.addAll(handled);
        }
        return moves;
    }

    private Move successors(TopologyNode node) {
        Move move = Move.NONE;
        for (int i = 0; i < topology.nodes().size(); i++) {
            TopologyNode other = topology.nodes().get(i);
            if (other.edges().after().contains(node.name())) {
                move = move.and(new Move(BigInteger.ONE.shiftLeft(i), BigInteger.ZERO));
            }
            int member = other.edges().afterAll().indexOf(node.name());
            if (member >= 0) {
                int bit = joins.get(i).getLowestSetBit() + member;
                move = move.and(new Move(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bit)));
            }
        }
        return move;
    }

    /** One case each, or any of them together; null if those are too many. */
    private @Nullable Set<Move> routes(Routes routes) {
        Set<Move> single = new LinkedHashSet<>();
        routes.cases().forEach(route -> single.add(new Move(targets(route), BigInteger.ZERO)));
        if (!routes.isMany()) {
            return single;
        }
        if (single.size() > MOST_ROUTES) {
            return null;
        }
        Set<Move> any = new LinkedHashSet<>();
        for (Move one : single) {
            Set<Move> longer = new LinkedHashSet<>(any);
            any.forEach(before -> longer.add(before.and(one)));
            longer.add(one);
            any = longer;
        }
        return any;
    }

    private BigInteger targets(RouteCase route) {
        BigInteger bits = BigInteger.ZERO;
        for (String target : route.targets()) {
            bits = bits.or(bit(target));
        }
        return route.taker() == null ? bits : bits.or(bit(route.taker()));
    }

    private BigInteger bit(String node) {
        return BigInteger.ONE.shiftLeft(topology.indexOf(node));
    }
}
