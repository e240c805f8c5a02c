package dev.clew.graph.random;

import dev.clew.annotations.Append;
import dev.clew.annotations.Node;
import dev.clew.annotations.Sum;
import dev.clew.graph.Changes;
import dev.clew.graph.Component;
import dev.clew.graph.Edges;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.NodeBuilder;
import dev.clew.graph.NodeInput;
import dev.clew.graph.NodeResult;
import dev.clew.graph.ScopeInput;
import dev.clew.graph.Send;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.graph.random.Behaviour.Go;
import dev.clew.graph.random.Behaviour.Result;
import dev.clew.graph.random.Behaviour.State;
import dev.clew.graph.random.Shape.Case;
import dev.clew.graph.random.Shape.Vertex;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A random graph as the engine takes it. Some of its nodes fail at first, and some ask: that changes nothing in the end. */
final class EngineGraph {
    private static final Component<List<String>, List<String>> LOG = Component.reduced(
            "log",
            TypeRef.listOf(TypeRef.of(String.class)),
            TypeRef.listOf(TypeRef.of(String.class)),
            new Append.ToList<String>());
    private static final Component<Integer, Integer> SUM =
            Component.reduced("sum", TypeRef.of(Integer.class), TypeRef.of(Integer.class), Sum.OfInt.INSTANCE);
    private static final Component<String, String> LAST = Component.lastValue("last", TypeRef.of(String.class), null);

    /** The state after the input. */
    static final State BEGIN = new State(List.of("begin"), 2, null, 1);

    private final Component<Integer, Integer> inner;
    private final StateSpec<State> state;
    private final Shape shape;
    private final Conditions conditions;
    private final String place;

    private EngineGraph(Shape shape, Conditions conditions, String place, int depth) {
        this.shape = shape;
        this.conditions = conditions;
        this.place = place;
        // A name of its own, so that a graph in a node does not share it.
        this.inner = Component.reduced(
                "inner" + depth, TypeRef.of(Integer.class), TypeRef.of(Integer.class), Sum.OfInt.INSTANCE);
        this.state = StateSpec.of(
                State.class,
                values -> new State(values.get(LOG), values.get(SUM), values.get(LAST), values.get(inner)),
                s -> new Object[] {s.log(), s.sum(), s.last(), s.inner()},
                LOG,
                SUM,
                LAST,
                inner);
    }

    static GraphSpec<String, State, State> of(Shape shape, Conditions conditions) {
        EngineGraph graph = new EngineGraph(shape, conditions, "", 0);
        return graph.nodes(GraphSpec.of("random", graph.state).input(String.class, graph::begin))
                .build();
    }

    /**
     * What a node gives that an edge leads to.
     *
     * @param place the nodes that its graph is in, each with a slash behind it
     */
    static NodeResult<State> outcome(Shape shape, String place, int number, State before) {
        int depth = place.isEmpty() ? 0 : place.split("/").length;
        EngineGraph graph = new EngineGraph(shape, new Disturbance(0), place, depth);
        return graph.result(shape.vertices().get(number), number, null, before);
    }

    private StateUpdate<State> begin(String first) {
        return state.changes()
                .add(LOG, List.of(first))
                .add(SUM, BEGIN.sum())
                .add(inner, BEGIN.inner())
                .update();
    }

    private <I> GraphSpec.Builder<I, State, State> nodes(GraphSpec.Builder<I, State, State> builder) {
        for (int i = 0; i < shape.vertices().size(); i++) {
            Vertex vertex = shape.vertices().get(i);
            if (vertex.child() == null) {
                node(builder, vertex, i);
            } else {
                builder.subgraph(Shape.name(i), child(vertex.child(), i), edges(vertex));
            }
        }
        return builder;
    }

    private GraphSpec<?, State, State> child(Shape child, int number) {
        String below = place + Shape.name(number) + "/";
        EngineGraph graph = new EngineGraph(child, conditions, below, below.split("/").length);
        return graph.nodes(GraphSpec.of(below, graph.state)).build();
    }

    private static Edges edges(Vertex vertex) {
        Edges edges = Edges.NONE.afterAny(names(vertex.after())).afterAll(names(vertex.all()));
        return vertex.defer() ? edges.defer() : edges;
    }

    private static String[] names(Collection<Integer> numbers) {
        return numbers.stream()
                .map(number -> number == Shape.START ? Node.START : Shape.name(number))
                .toArray(String[]::new);
    }

    private <I> void node(GraphSpec.Builder<I, State, State> builder, Vertex vertex, int number) {
        NodeBuilder<I, State, State, ?> node = builder.node(Shape.name(number));
        if (vertex.takes()) {
            node = node.takes(Integer.class);
        } else if (shape.isSentTo(number)) {
            node = node.mayTake(Integer.class);
        }
        node = node.afterAny(names(vertex.after())).afterAll(names(vertex.all()));
        if (vertex.defer()) {
            node = node.defer();
        }
        if (vertex.routes()) {
            node = node.mayGoTo(names(targets(vertex))).mayEnd();
        }
        if (conditions.asks(place, number)) {
            node.scope(in -> asking(vertex, number, in));
        } else {
            node.leaf(in -> working(vertex, number, in));
        }
    }

    private static Set<Integer> targets(Vertex vertex) {
        Set<Integer> targets = new TreeSet<>();
        for (Case route : vertex.cases()) {
            targets.addAll(route.targets());
            if (route.taker() != null) {
                targets.add(route.taker());
            }
        }
        return targets;
    }

    private NodeResult<State> asking(Vertex vertex, int number, ScopeInput<State, ?> in) throws Exception {
        conditions.ask(execution(number, in), in);
        return working(vertex, number, in);
    }

    private NodeResult<State> working(Vertex vertex, int number, NodeInput<State, ?> in) throws Exception {
        return conditions.execute(
                execution(number, in), in, () -> result(vertex, number, (Integer) in.sent(), in.state()));
    }

    private String execution(int number, NodeInput<State, ?> in) {
        return place + Shape.name(number) + ":" + in.sent() + " " + in.state();
    }

    private NodeResult<State> result(Vertex vertex, int number, Integer sent, State before) {
        Result result = Behaviour.run(vertex, number, sent, before);
        StateUpdate<State> update = update(result);
        return result.route() == null ? update : update.goTo(sends(result.route()));
    }

    private static List<Send> sends(List<Go> route) {
        List<Send> sends = new ArrayList<>();
        for (Go go : route) {
            go.to().targets().forEach(target -> sends.add(Send.to(Shape.name(target))));
            if (go.to().taker() != null) {
                sends.add(Send.to(Shape.name(go.to().taker()), go.record()));
            }
        }
        return sends;
    }

    private StateUpdate<State> update(Result result) {
        Changes<State> changes = state.changes();
        if (result.replaced() != null) {
            changes = changes.replace(LOG, result.replaced());
        } else if (!result.notes().isEmpty()) {
            changes = changes.add(LOG, result.notes());
        }
        if (result.sum() != null) {
            changes = changes.add(SUM, result.sum());
        }
        if (result.last() != null) {
            changes = changes.set(LAST, result.last());
        }
        return (result.inner() == null ? changes : changes.add(inner, result.inner())).update();
    }
}
