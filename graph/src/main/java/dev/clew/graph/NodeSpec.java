package dev.clew.graph;

import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyNode;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node as it was described: what the engine must know of it.
 *
 * @param name its name
 * @param formerly the names that it had before
 * @param edges after which nodes it runs
 * @param takes the type of what is sent to it, or null
 * @param isOnlySent whether it runs for sent values only
 * @param ways how it routes
 * @param handlerWays how its handler routes
 * @param writes the components that it writes whenever it runs
 * @param reads the components that it reads; null if that may be any
 * @param policy how its attempts are made
 * @param code its body, or null if it is a graph
 * @param handler what stands in for it when it failed, or null
 * @param child the graph that it is, or null
 * @param effect that its effect must not happen twice, or null
 */
record NodeSpec<S>(
        String name,
        List<String> formerly,
        TopologyNode.Edges edges,
        @Nullable TypeRef<?> takes,
        boolean isOnlySent,
        Ways ways,
        Ways handlerWays,
        List<String> writes,
        @Nullable List<String> reads,
        NodePolicy policy,
        @Nullable Code<S> code,
        @Nullable Code<S> handler,
        @Nullable GraphSpec<?, ?, ?> child,
        @Nullable NodeEffect<S> effect) {
    NodeSpec {
        formerly = List.copyOf(formerly);
        writes = List.copyOf(writes);
        reads = reads == null ? null : List.copyOf(reads);
    }

    /** Its name, and those that it had. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(name));
        names.addAll(formerly);
        return names;
    }

    boolean isCached() {
        return policy.cache() != null;
    }

    /** What an edit by hand acts as that acts as the input. */
    static <S> NodeSpec<S> start() {
        return gone(Topology.START);
    }

    /** A node that a log names and the graph does not have any more: what it did can be read, and it cannot run. */
    static <S> NodeSpec<S> gone(String name) {
        return new NodeSpec<>(
                name,
                List.of(),
                new TopologyNode.Edges(List.of(), List.of(), false),
                null,
                false,
                Ways.NONE,
                Ways.NONE,
                List.of(),
                null,
                NodePolicy.NONE,
                null,
                null,
                null,
                null);
    }

    /** Whether records of this class are sent to it. */
    boolean accepts(Class<?> sent) {
        return takes != null && takes.rawType().isAssignableFrom(sent);
    }

    /**
     * The body of a node, or of its handler. It gets a {@link NodeInput}, a scope a {@link ScopeInput}, a handler a {@link
     * HandlerInput}.
     *
     * @param isScope whether it makes durable calls of its own
     * @param body the body
     */
    record Code<S>(boolean isScope, NodeBody<Object, S> body) {}
}
