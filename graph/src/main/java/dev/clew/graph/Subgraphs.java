package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a graph and a graph inside of it share. */
final class Subgraphs {
    private Subgraphs() {}

    /** A node that is a graph: it may take what the graph's input is, and routes by its output if that is a route. */
    static <S> NodeSpec<S> node(String name, GraphSpec<?, ?, ?> child, Edges edges, List<String> writes) {
        Class<?> input = child.inputType().rawType();
        Class<?> output = child.outputType().rawType();
        Ways ways = output.isEnum() || output.isSealed()
                ? new Ways(java.util.Set.of(), List.of(RouteSpec.of(output)), false, false, false)
                : Ways.NONE;
        return new NodeSpec<>(
                name,
                edges.formerly(),
                edges.topology(),
                input.isRecord() ? child.inputType() : null,
                false,
                ways,
                Ways.NONE,
                writes,
                null,
                NodePolicy.NONE,
                null,
                null,
                child,
                null);
    }

    /**
     * The components that both states have, of the same name, type and reducer: the name in the graph around, by the name in the
     * graph inside. Where one of them was renamed, its former name counts.
     */
    static Map<String, String> shared(StateSpec<?> parent, StateSpec<?> child) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Channel inner : child.channels().all()) {
            Channel outer = outer(parent, inner);
            if (outer != null && isSameType(outer, inner) && isSameReducer(outer, inner)) {
                names.put(inner.name(), outer.name());
            }
        }
        return names;
    }

    private static @Nullable Channel outer(StateSpec<?> parent, Channel inner) {
        Channel found = parent.channels().find(inner.name());
        for (String former : inner.formerly()) {
            found = found == null ? parent.channels().find(former) : found;
        }
        return found;
    }

    /** What is wrong with a graph inside of another one. */
    static List<Finding> check(String node, StateSpec<?> parent, GraphSpec<?, ?, ?> child) {
        List<Finding> findings = new ArrayList<>();
        for (Channel inner : child.state().channels().all()) {
            Channel outer = outer(parent, inner);
            if (outer != null && isSameType(outer, inner) && !isSameReducer(outer, inner)) {
                findings.add(Finding.of(
                        GraphRule.SUBGRAPH_OTHER_REDUCER,
                        node,
                        Finding.Part.NODE,
                        inner.name(),
                        inner.name(),
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
        return ReducerForm.of(one).equals(ReducerForm.of(other))
                && one.updateType().equals(other.updateType());
    }
}
