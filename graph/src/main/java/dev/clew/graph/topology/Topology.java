package dev.clew.graph.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a graph in the order of their declaration, with all that may follow on what. Immutable.
 *
 * <pre>{@code
 * Topology topology = spec.topology();
 * topology.nodes().forEach(node -> System.out.println(node.name() + " runs after " + node.edges().after()));
 * System.out.println(topology.diagram());   // Mermaid
 * }</pre>
 */
public final class Topology {
    /** Stands for the beginning of a run. */
    public static final String START = "__start__";

    /** Stands for the end of a branch, in drawings. */
    public static final String END = "__end__";

    private final String name;
    private final List<TopologyNode> nodes;
    private final Map<String, Integer> indexes = new HashMap<>();

    /** The topology of a graph with these nodes; of several with one name the first is found. */
    public Topology(String name, List<TopologyNode> nodes) {
        this.name = name;
        this.nodes = List.copyOf(nodes);
        for (int i = 0; i < nodes.size(); i++) {
            indexes.putIfAbsent(nodes.get(i).name(), i);
        }
    }

    /** The graph's name. */
    public String name() {
        return name;
    }

    /** The nodes, in the order of their declaration. */
    public List<TopologyNode> nodes() {
        return nodes;
    }

    /** The node of this name, or null. */
    public @Nullable TopologyNode find(String node) {
        int index = indexOf(node);
        return index < 0 ? null : nodes.get(index);
    }

    /** Where the node of this name was declared, from 0; -1 if there is none. */
    public int indexOf(String node) {
        return indexes.getOrDefault(node, -1);
    }

    /** The graph as a Mermaid diagram; a node that is a graph is one box. */
    public String diagram() {
        return diagram(0);
    }

    /**
     * The graph as a Mermaid diagram.
     *
     * @param depth how many levels of graphs inside of nodes are drawn, too
     */
    public String diagram(int depth) {
        return Mermaid.of(this, depth);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Topology that && name.equals(that.name) && nodes.equals(that.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return "Topology[" + name + ", " + nodes + "]";
    }
}
