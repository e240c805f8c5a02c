package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a graph and a graph inside of it share. */
final class Subgraphs {
    private Subgraphs() {}

    /** A node that is a graph: it may take what the graph's input is, and routes by its output if that is a route. */
    static <S> NodeSpec<S> node(String name, GraphSpec<?, ?, ?> child, Edges edges) {
        Class<?> input = child.inputType().rawType();
        Class<?> output = child.outputType().rawType();
        Ways ways = output.isEnum() || output.isSealed()
                ? new Ways(java.util.Set.of(), List.of(RouteSpec.of(output)), false, false)
                : Ways.NONE;
        return new NodeSpec<>(
                name,
                edges.formerly(),
                edges.topology(),
                input.isRecord() ? child.inputType() : null,
                false,
                ways,
                Ways.NONE,
                List.of(),
                NodePolicy.NONE,
                null,
                null,
                child);
    }

    /** The names of the components that both states have: of the same name, type and reducer. */
    static List<String> shared(StateSpec<?> parent, StateSpec<?> child) {
        List<String> names = new ArrayList<>();
        for (Channel channel : parent.channels().all()) {
            Channel inner = child.channels().find(channel.name());
            if (inner != null && isSameType(channel, inner) && isSameReducer(channel, inner)) {
                names.add(channel.name());
            }
        }
        return names;
    }

    /** What is wrong with a graph inside of another one. */
    static List<Finding> check(String node, StateSpec<?> parent, GraphSpec<?, ?, ?> child) {
        List<Finding> findings = new ArrayList<>();
        for (Channel channel : parent.channels().all()) {
            Channel inner = child.state().channels().find(channel.name());
            if (inner != null && isSameType(channel, inner) && !isSameReducer(channel, inner)) {
                findings.add(Finding.of(
                        GraphRule.SUBGRAPH_OTHER_REDUCER,
                        node,
                        Finding.Part.NODE,
                        channel.name(),
                        channel.name(),
                        child.name()));
            }
        }
        if (findings.isEmpty() && shared(parent, child.state()).isEmpty()) {
            findings.add(Finding.of(GraphRule.SUBGRAPH_SHARES_NOTHING, node, Finding.Part.NODE, "", node));
        }
        return findings;
    }

    private static boolean isSameType(Channel one, Channel other) {
        return one.type().equals(other.type());
    }

    private static boolean isSameReducer(Channel one, Channel other) {
        return classOf(one.reducer()).equals(classOf(other.reducer()))
                && one.updateType().equals(other.updateType());
    }

    private static Object classOf(@Nullable Object reducer) {
        return reducer == null ? "" : reducer.getClass();
    }
}
