package dev.clew.graph.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a graph: after which nodes it runs, what it takes, and how it routes.
 *
 * <pre>{@code
 * spec.topology().find("search").takes().isOnly();   // true: it runs once for each record that is sent to it
 * }</pre>
 *
 * @param name the node's name
 * @param edges after which nodes it runs
 * @param takes what may be sent to it
 * @param routes how it routes; {@link Routes#NONE} if the nodes after it say so themselves
 * @param onError how the method routes that stands in for it when it fails; {@link Routes#NONE} if it does not
 * @param writes the components that it writes whenever it runs; it may write others, too
 * @param child the graph that it is, or null for a node with a body of its own
 */
public record TopologyNode(
        String name,
        Edges edges,
        Takes takes,
        Routes routes,
        Routes onError,
        List<String> writes,
        @Nullable Topology child) {
    public TopologyNode {
        writes = List.copyOf(writes);
    }

    /** Whether it names its successors in what it answers with. */
    public boolean isRouter() {
        return !routes.isNone();
    }

    /** Whether it waits until nothing else is left to run. */
    public boolean isDeferred() {
        return edges.isDeferred();
    }

    /**
     * The edges that lead to a node.
     *
     * @param after the nodes after each of which it runs, {@link Topology#START} included
     * @param afterAll the nodes that must all have run
     * @param isDeferred whether it waits until nothing else is left to run
     */
    public record Edges(List<String> after, List<String> afterAll, boolean isDeferred) {
        public Edges {
            after = after.stream().distinct().toList();
            afterAll = afterAll.stream().distinct().toList();
        }
    }

    /**
     * What may be sent to a node.
     *
     * @param type the name of the type; empty if nothing may be sent to it
     * @param isOnly whether it runs for sent values only; else edges may lead to it, too
     */
    public record Takes(String type, boolean isOnly) {
        /** What a node has that takes nothing. */
        public static final Takes NOTHING = new Takes("", false);

        public Takes {
            isOnly = isOnly && !type.isEmpty();
        }

        /** Whether something may be sent to the node. */
        public boolean isSome() {
            return !type.isEmpty();
        }
    }
}
