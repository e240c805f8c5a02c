package dev.clew.graph;

import dev.clew.graph.fold.Write;
import dev.clew.graph.fold.Writes;
import dev.clew.spi.TaskCall;
import dev.clew.value.IllegalRequestException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph that is a node of another one. Components that both states have go in; what the child's supersteps did to them comes
 * back as one update.
 */
final class ChildRun<S, C> {
    private final GraphNodes<S> parent;
    private final NodeSpec<S> node;
    private final GraphNodes<C> nodes;
    private final GraphSpec<Object, Object, C> child;

    /** The names of shared components in the parent, by their names in the child. */
    private final Map<String, String> shared;

    @SuppressWarnings("unchecked") // its input is what is sent to it, and its output only a route
    ChildRun(GraphNodes<S> parent, NodeSpec<S> node, GraphNodes<C> nodes) {
        this.parent = parent;
        this.node = node;
        this.nodes = nodes;
        this.child = (GraphSpec<Object, Object, C>) nodes.spec();
        this.shared = Subgraphs.shared(parent.state(), child.state());
    }

    NodeResult<S> run(TaskCall call, NodeEntry entry) {
        GraphRun<C> run = new GraphRun<>(nodes, call, base(parent.state(), child.state(), entry.values()));
        Object sent = entry.sent();
        if (sent != null) {
            run.begin(call.run().stepId(), () -> child.begin(sent));
        }
        StateValues values = run.toTheEnd();
        Changes<S> changes = new Changes<>(parent.state(), given(run.contribution()));
        if (node.ways().isNone() && node.writes().isEmpty()) {
            return changes.update();
        }
        Object route = child.result(child.state().make(values));
        StateUpdate<S> update = written(changes, route).update();
        if (node.ways().isNone()) {
            return update;
        }
        if (route == null) {
            throw new IllegalRequestException("the graph '" + child.name()
                    + "' gave null as its output, which is the route of '" + node.name() + "'; give a route");
        }
        return update.goTo(route);
    }

    /** What the child gave, in the component that is to get it. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the builder has compared the types
    private Changes<S> written(Changes<S> changes, @Nullable Object output) {
        Changes<S> all = changes;
        for (String name : node.writes()) {
            Component<?, ?> component = parent.state().component(name);
            all = component.isReduced()
                    ? all.add((Component<Object, Object>) component, output)
                    : all.set((Component<Object, Object>) component, output);
        }
        return all;
    }

    /** The child's start values, with the parent's for what both have. */
    static StateValues base(StateSpec<?> parent, StateSpec<?> child, StateValues outer) {
        @Nullable Object[] values = child.channels().start();
        Subgraphs.shared(parent, child)
                .forEach((inside, outside) -> values[child.channels().indexOf(inside)] = outer.find(outside));
        return new StateValues(child.channels(), values);
    }

    private Writes given(Writes contribution) {
        Map<String, Write> given = new LinkedHashMap<>();
        contribution.byComponent().forEach((component, write) -> {
            String outside = shared.get(component);
            if (outside != null) {
                given.put(outside, write);
            }
        });
        return Writes.of(false, given);
    }
}
