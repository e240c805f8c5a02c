package dev.clew.flow;

import dev.clew.value.IllegalRequestException;

/**
 * Names a node from outside its graph. The annotation processor generates an enum of them for each graph.
 *
 * <pre>{@code
 * research.updateState(thread, update().draft(better), ResearchNode.WRITE);
 * research.updateState(thread, update().notes("none"), ResearchNode.SEARCH.at(2));
 * NodeRef.of("writer/outline");   // the node 'outline' of the graph that is the node 'writer'
 * }</pre>
 */
public interface NodeRef {
    /** The node's name; inside of a node that is a graph, the names from outside to inside, with a slash between them. */
    String id();

    /** The node of this name. */
    static NodeRef of(String id) {
        if (id.isBlank()) {
            throw new IllegalRequestException("the name of a node is blank");
        }
        return new Named(id);
    }

    /** One of the executions of the node that are due in a superstep, counted from 0 in planned order. */
    default At at(int index) {
        return new At(this, index);
    }

    /**
     * A node by its name.
     *
     * <pre>{@code
     * NodeRef.of("search")
     * }</pre>
     */
    record Named(String id) implements NodeRef {
        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * One of several executions of a node.
     *
     * <pre>{@code
     * NodeRef.of("search").at(2)
     * }</pre>
     *
     * @param node the node
     * @param index which of its due executions, from 0
     */
    record At(NodeRef node, int index) implements NodeRef {
        public At {
            if (index < 0) {
                throw new IllegalRequestException("executions of '" + node.id() + "' count from 0, not " + index);
            }
        }

        @Override
        public String id() {
            return node.id();
        }
    }
}
