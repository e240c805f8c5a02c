package dev.clew.graph;

import dev.clew.graph.topology.TopologyNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * After which nodes a node runs. Immutable.
 *
 * <pre>{@code
 * builder.subgraph("writer", writer, Edges.after("plan"))
 * builder.subgraph("writer", writer, edges -> edges.afterAll("plan", "search").defer())
 * }</pre>
 *
 * @param any the nodes after each of which it runs
 * @param all the nodes that must all have run
 * @param isDeferred whether it waits until nothing else is left to run
 * @param formerly the names that the node had before
 */
public record Edges(List<String> any, List<String> all, boolean isDeferred, List<String> formerly) {
    /** No edges: a node that only routes lead to. */
    public static final Edges NONE = new Edges(List.of(), List.of(), false, List.of());

    public Edges {
        any = List.copyOf(any);
        all = List.copyOf(all);
        formerly = List.copyOf(formerly);
    }

    /** Runs after this node, or {@code START}. */
    public Edges after(String node) {
        return afterAny(node);
    }

    /** Runs after each of these nodes, once in a superstep. */
    public Edges afterAny(String... nodes) {
        return new Edges(joined(any, List.of(nodes)), all, isDeferred, formerly);
    }

    /** Runs when all of these nodes have run. */
    public Edges afterAll(String... nodes) {
        return new Edges(any, joined(all, List.of(nodes)), isDeferred, formerly);
    }

    /** Waits until nothing else is left to run. */
    public Edges defer() {
        return new Edges(any, all, true, formerly);
    }

    /** The node had these names before. */
    public Edges formerly(String... names) {
        return new Edges(any, all, isDeferred, joined(formerly, List.of(names)));
    }

    TopologyNode.Edges topology() {
        return new TopologyNode.Edges(any, all, isDeferred);
    }

    private static List<String> joined(List<String> some, Collection<String> more) {
        List<String> both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }
}
