package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.Append;
import dev.clew.annotations.KeepLast;
import dev.clew.annotations.Reducer;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskInfo;
import dev.clew.graph.Research.State;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import dev.clew.interrupt.InterruptKey;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A graph that is a node: what it needs of the graph around it is known before anything runs. */
@Timeout(20)
final class GraphChildrenTest {
    private static final RunConfig THREAD = RunConfig.thread("t");
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);
    private static final TypeRef<List<String>> TEXTS = new TypeRef<List<String>>() {};

    private final Checkpointer store = Checkpointer.inMemory();

    record Greeter(String greeting) {}

    private static GraphSpec<StateUpdate<State>, State, State> outer(GraphSpec<?, ?, ?> inner) {
        return GraphSpec.of("outer", Research.STATE)
                .subgraph("inner", inner, edges -> edges.after(START).formerly("within"))
                .build();
    }

    private static GraphSpec.Builder<StateUpdate<State>, State, State> inner() {
        return GraphSpec.of("inner", Research.STATE);
    }

    @Test
    void contextsOfAGraphInsideAreAskedForBeforeTheRun() {
        GraphSpec<?, ?, ?> inner = inner().context(Greeter.class)
                .node("greet")
                .after(START)
                .leaf(in -> changes()
                        .add(NOTES, List.of(in.context(Greeter.class).greeting()))
                        .update())
                .build();

        try (var graph = outer(inner).builder().checkpointer(store).build()) {
            assertThatThrownBy(() -> graph.workflow().invoke(changes().update(), THREAD))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(RequestRefusedException.Reason.NO_CONTEXT));
            assertThat(graph.workflow()
                            .invoke(changes().update(), THREAD.context(new Greeter("hello")))
                            .value()
                            .notes())
                    .containsExactly("hello");
        }
    }

    @Test
    void contextsOfAGraphThatCodeCallsAreAskedForBeforeTheRun() {
        GraphSpec<StateUpdate<State>, State, State> called = inner().context(Greeter.class)
                .node("greet")
                .after(START)
                .leaf(in -> changes()
                        .add(NOTES, List.of(in.context(Greeter.class).greeting()))
                        .update())
                .build();
        GraphSpec<?, ?, ?> inside = GraphSpec.of("calls", Research.STATE)
                .calls(called)
                .node("call")
                .after(START)
                .scope(in -> changes()
                        .add(
                                NOTES,
                                in.scope()
                                        .child(called.workflow(), changes().update())
                                        .join()
                                        .notes())
                        .update())
                .build();

        try (var graph = outer(inside).builder().checkpointer(store).build()) {
            assertThatThrownBy(() -> graph.workflow().invoke(changes().update(), THREAD))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(RequestRefusedException.Reason.NO_CONTEXT));
            assertThat(graph.workflow()
                            .invoke(changes().update(), THREAD.context(new Greeter("hello")))
                            .value()
                            .notes())
                    .containsExactly("hello");
        }
    }

    @Test
    void typesOfAGraphThatCodeCallsAreCheckedWhenTheGraphIsBuilt() {
        GraphSpec<?, ?, ?> calls =
                inner().calls(odd()).node("call").after(START).leaf(in -> null).build();

        assertThatThrownBy(() -> outer(calls).builder().checkpointer(store).build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("workflow 'odd'");
    }

    @Test
    void nodesAndQuestionsOfAGraphInsideAreKnown() {
        GraphSpec<?, ?, ?> deep =
                inner().node("last").after(START).leaf(in -> null).build();
        GraphSpec<?, ?, ?> inner = inner().questions(OK)
                .node("ask")
                .after(START)
                .scope(in -> in.interrupt(OK, "?") ? null : null)
                .subgraph("deep", deep, edges -> edges.after("ask"))
                .build();

        assertThat(outer(inner).questions()).containsExactly(OK);
        try (var graph = outer(inner).builder().checkpointer(store).build()) {
            assertThat(graph.workflow().tasks())
                    .extracting(TaskInfo::name)
                    .containsExactly("inner", "inner/ask", "inner/deep", "inner/deep/last");
        }
    }

    record Odd(List<String> notes, Thread thread) {}

    private static GraphSpec<?, ?, ?> odd() {
        Component<Thread, Thread> thread = Component.lastValue("thread", TypeRef.of(Thread.class), null);
        StateSpec<Odd> state = StateSpec.of(
                Odd.class,
                values -> new Odd(values.get(NOTES), values.get(thread)),
                odd -> new Object[] {odd.notes(), odd.thread()},
                NOTES,
                thread);
        return GraphSpec.of("odd", state)
                .node("odd")
                .after(START)
                .leaf(in -> null)
                .build();
    }

    @Test
    void typesOfAGraphInsideAreCheckedWhenTheGraphIsBuilt() {
        assertThatThrownBy(() -> outer(odd()).builder().checkpointer(store).build())
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'inner/odd'");
    }

    // --- what both states have ---

    record Part(List<String> items) {}

    private static GraphSpec<StateUpdate<Part>, Part, Part> part(Component<List<String>, List<String>> items) {
        StateSpec<Part> state = StateSpec.of(
                Part.class, values -> new Part(values.get(items)), part -> new Object[] {part.items()}, items);
        return GraphSpec.of("part", state)
                .node("add")
                .after(START)
                .leaf(in -> state.changes()
                        .add(items, List.of("after " + in.value(items)))
                        .update())
                .build();
    }

    private static Component<List<String>, List<String>> texts(
            String name, Reducer<List<String>, List<String>> reducer) {
        return Component.reduced(name, TEXTS, TEXTS, reducer);
    }

    @Test
    @Tag("G112")
    void componentThatWasRenamedInsideGoesInAndComesBack() {
        GraphSpec<StateUpdate<State>, State, State> spec =
                outer(part(texts("items", new Append.ToList<>()).formerly("notes")));

        try (var graph = spec.builder().checkpointer(store).build()) {
            assertThat(graph.workflow()
                            .invoke(changes().add(NOTES, List.of("before")).update(), THREAD)
                            .value()
                            .notes())
                    .containsExactly("before", "after [before]");
        }
    }

    /** It was made with a number, and does not say so. */
    private static final class Longest implements Reducer<List<String>, List<String>> {
        private final int most;

        Longest(int most) {
            this.most = most;
        }

        @Override
        public List<String> identity() {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> current, List<String> update) {
            return update.stream().filter(text -> text.length() <= most).toList();
        }
    }

    @Test
    void reducersAreToldApartByWhatTheyWereMadeWith() {
        assertThat(ReducerForm.of(texts("items", new Longest(2)).channel()))
                .isEqualTo(ReducerForm.of(texts("items", new Longest(2)).channel()))
                .isNotEqualTo(ReducerForm.of(texts("items", new Longest(3)).channel()))
                .endsWith("GraphChildrenTest$Longest most=2");
        assertThat(ReducerForm.of(NOTES.channel())).isEqualTo("dev.clew.annotations.Append$ToList");
        assertThat(ReducerForm.of(Research.BEST.channel())).isEqualTo("dev.clew.graph.Research$Highest");
    }

    @Test
    @Tag("G027")
    void reducersOfOneClassThatKeepDifferentlyAreTwo() {
        StateSpec<Part> kept = StateSpec.of(
                Part.class,
                values -> new Part(List.of()),
                part -> new Object[] {part.items()},
                texts("items", new KeepLast.InList<>(5)));
        GraphSpec.Builder<?, ?, ?> builder = GraphSpec.of("outer", kept)
                .subgraph("inner", part(texts("items", new KeepLast.InList<>(10))), edges -> edges.after(START));

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        InvalidGraphException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::rule)
                                .containsExactly(GraphRule.SUBGRAPH_OTHER_REDUCER));
        assertThat(GraphSpec.of("outer", kept)
                        .subgraph("inner", part(texts("items", new KeepLast.InList<>(5))), edges -> edges.after(START))
                        .build()
                        .topology()
                        .nodes())
                .hasSize(1);
    }
}
