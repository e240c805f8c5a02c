package dev.clew.graph;

import dev.clew.flow.NodeRef;
import dev.clew.value.IllegalRequestException;
import org.jspecify.annotations.Nullable;

/**
 * A route by the name of a node, for graphs that are made at run time: it runs the node and gives it a value, or nothing. The
 * sender says which names it may use ({@link NodeBuilder#mayGoTo}), so that the graph's topology is known before it runs.
 *
 * <pre>{@code
 * update().messages(reply).goTo(reply.calls().stream().map(call -> Send.to(call.name(), call)).toList())
 * }</pre>
 *
 * @param node the name of the node
 * @param value what the node gets, or null for nothing
 */
public record Send(String node, @Nullable Object value) {
    /** Runs the node. */
    public static Send to(String node) {
        return new Send(node, null);
    }

    /** Runs the node. */
    public static Send to(NodeRef node) {
        return new Send(node.id(), null);
    }

    /**
     * Runs the node with this value, once for each such route.
     *
     * @throws IllegalRequestException if the value is null
     */
    public static Send to(String node, Object value) {
        if (value == null) {
            throw new IllegalRequestException("null is sent to '" + node + "'; send a value, or Send.to(node)");
        }
        return new Send(node, value);
    }

    /** Runs the node with this value, once for each such route. */
    public static Send to(NodeRef node, Object value) {
        return to(node.id(), value);
    }
}
