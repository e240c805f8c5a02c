package dev.clew.graph.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an execution goes on: by the edges of its node, or by the route that it gave.
 *
 * @param isRouted whether it gave a route; else its node's edges say what follows
 * @param hops where each element of the route leads, in the order of the route
 */
public record Routing(boolean isRouted, List<Hop> hops) {
    /** Goes on by the edges of the node. */
    public static final Routing EDGES = new Routing(false, List.of());

    public Routing {
        hops = List.copyOf(hops);
    }

    /** Goes on by a route. */
    public static Routing by(List<Hop> hops) {
        return new Routing(true, hops);
    }

    /**
     * Where one element of a route leads.
     *
     * @param targets the nodes that it runs and gives nothing
     * @param taker the node that takes it, or null
     */
    public record Hop(List<String> targets, @Nullable String taker) {
        /** Ends the branch. */
        public static final Hop END = new Hop(List.of(), null);

        public Hop {
            targets = List.copyOf(targets);
        }

        /** Runs these nodes and gives them nothing. */
        public static Hop to(List<String> targets) {
            return new Hop(targets, null);
        }

        /** Is sent to a node. */
        public static Hop sent(String taker) {
            return new Hop(List.of(), taker);
        }
    }
}
