package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.Append;
import dev.clew.annotations.Reducer;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import dev.clew.task.CachePolicy;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes get of the state: what nothing can change is shared, anything else is a copy; and what cached nodes get. */
@Timeout(20)
final class GraphCopiesTest {
    private static final RunConfig THREAD = RunConfig.thread("t");

    record Line(String text, Optional<Kind> kind) {}

    enum Kind {
        SHORT
    }

    record Row(List<String> cells) {}

    record Page(String topic, List<Line> lines, List<Row> rows, Map<String, List<Integer>> places) {}

    private static final Component<String, String> TOPIC = Component.lastValue("topic", TypeRef.of(String.class), null);
    private static final Component<List<Line>, List<Line>> LINES = Component.reduced(
            "lines", new TypeRef<List<Line>>() {}, new TypeRef<List<Line>>() {}, new Append.ToList<Line>());
    private static final Component<List<Row>, List<Row>> ROWS = Component.reduced(
            "rows", new TypeRef<List<Row>>() {}, new TypeRef<List<Row>>() {}, new Append.ToList<Row>());
    private static final Component<Map<String, List<Integer>>, Map<String, List<Integer>>> PLACES =
            Component.lastValue("places", new TypeRef<Map<String, List<Integer>>>() {}, Map.of());

    private static final StateSpec<Page> STATE = StateSpec.of(
            Page.class,
            values -> new Page(values.get(TOPIC), values.get(LINES), values.get(ROWS), values.get(PLACES)),
            page -> new Object[] {page.topic(), page.lines(), page.rows(), page.places()},
            TOPIC,
            LINES,
            ROWS,
            PLACES);

    private final Checkpointer store = Checkpointer.inMemory();
    private final AtomicInteger runs = new AtomicInteger();

    private static GraphSpec.Builder<StateUpdate<Page>, Page, Page> graph(String name) {
        return GraphSpec.of(name, STATE);
    }

    private static Changes<Page> changes() {
        return STATE.changes();
    }

    private Page invoke(GraphSpec<StateUpdate<Page>, Page, Page> spec, Changes<Page> input) {
        try (var graph = spec.builder().checkpointer(store).build()) {
            return graph.workflow().invoke(input.update(), THREAD).value();
        }
    }

    /** What each of two nodes gets. */
    private List<Object> got(Function<NodeInput<Page, ?>, Object> of) {
        ConcurrentLinkedQueue<Object> got = new ConcurrentLinkedQueue<>();
        Page unused = invoke(
                graph("two")
                        .node("a")
                        .after(START)
                        .leaf(in -> {
                            got.add(of.apply(in));
                            return null;
                        })
                        .node("b")
                        .after(START)
                        .leaf(in -> {
                            got.add(of.apply(in));
                            return null;
                        })
                        .build(),
                changes()
                        .add(LINES, List.of(new Line("l", Optional.of(Kind.SHORT))))
                        .add(ROWS, List.of(new Row(List.of("c"))))
                        .set(PLACES, Map.of("k", List.of(1))));
        return new ArrayList<>(got);
    }

    @Test
    @Tag("G007")
    void nodesShareWhatNothingCanChange() {
        List<Object> lines = got(in -> in.value(LINES).get(0));
        assertThat(lines.get(0)).isSameAs(lines.get(1));
        List<Object> ofStates = got(in -> in.state().lines().get(0));
        assertThat(ofStates.get(0)).isSameAs(ofStates.get(1));
    }

    @Test
    @Tag("G007")
    void nodesGetCopiesOfWhatMayHaveContainersOfItsOwn() {
        List<Object> rows = got(in -> in.value(ROWS).get(0));

        assertThat(rows.get(0)).isEqualTo(rows.get(1)).isNotSameAs(rows.get(1));
    }

    @Test
    void copiesOfWhatGrowsAreNoted() {
        GraphSpec<?, ?, ?> spec =
                graph("noted").node("a").after(START).leaf(in -> null).build();

        assertThat(spec.notes()).extracting(Finding::rule).containsExactly(GraphRule.COMPONENT_COPIED);
        assertThat(spec.notes().get(0).message()).contains("all of 'rows' is copied", "GraphCopiesTest$Row");
    }

    @Test
    @Tag("G007")
    void containersOfEveryDepthCannotBeChanged() {
        got(in -> {
            refuses(() -> in.value(LINES).clear());
            refuses(() -> in.state().rows().clear());
            refuses(() -> in.state().rows().get(0).cells().clear());
            refuses(() -> in.value(PLACES).get("k").clear());
            return "";
        });
    }

    private static void refuses(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }

    /** Gives a list that can be changed. */
    private enum Careless implements Reducer<List<String>, List<String>> {
        INSTANCE;

        @Override
        public List<String> identity() {
            return new ArrayList<>();
        }

        @Override
        public List<String> apply(List<String> current, List<String> update) {
            List<String> all = new ArrayList<>(current);
            all.addAll(update);
            return all;
        }
    }

    @Test
    void typesAreJudgedByWhatTheyCanHold() {
        record Pair<A, B>(A first, B second) {}
        record Tree(String name, Optional<Tree> parent) {}

        assertThat(Immutables.isShared(LINES.channel())).isTrue();
        assertThat(Immutables.isShared(PLACES.channel())).isTrue();
        assertThat(Immutables.isShared(ROWS.channel())).isFalse();
        assertThat(Immutables.isShared(Tree.class)).isTrue();
        assertThat(Immutables.isShared(new TypeRef<Pair<String, Integer>>() {}.type()))
                .isTrue();
        assertThat(Immutables.isShared(new TypeRef<Pair<Pair<String, String>, Pair<String, Object>>>() {}.type()))
                .isFalse();
        assertThat(Immutables.isShared(new TypeRef<List<?>>() {}.type())).isFalse();
        assertThat(Immutables.isShared(new TypeRef<ArrayList<String>>() {}.type()))
                .isFalse();
        assertThat(Immutables.isShared(byte[].class)).isFalse();
    }

    @Test
    void listOfAReducerOfOnesOwnIsGivenAsAView() {
        TypeRef<List<String>> texts = new TypeRef<List<String>>() {};
        Component<List<String>, List<String>> all = Component.reduced("all", texts, texts, Careless.INSTANCE);
        record All(List<String> all) {}
        StateSpec<All> state =
                StateSpec.of(All.class, values -> new All(values.get(all)), value -> new Object[] {value.all()}, all);
        GraphSpec<StateUpdate<All>, All, All> spec = GraphSpec.of("careless", state)
                .node("a")
                .after(START)
                .leaf(in -> {
                    refuses(() -> in.value(all).add("mine"));
                    refuses(() -> in.state().all().add("mine"));
                    return null;
                })
                .build();

        try (var graph = spec.builder().checkpointer(store).build()) {
            assertThat(graph.workflow()
                            .invoke(state.changes().add(all, List.of("x")).update(), THREAD)
                            .value()
                            .all())
                    .containsExactly("x");
        }
        try (var graph = spec.builder().build()) {
            assertThat(graph.workflow()
                            .invoke(state.changes().add(all, List.of("x")).update(), RunConfig.none())
                            .value()
                            .all())
                    .containsExactly("x");
        }
    }

    @Test
    @Tag("G025")
    void nodeThatIsAloneMayChangeNothing() {
        GraphSpec<StateUpdate<Page>, Page, Page> spec =
                graph("alone").node("a").after(START).leaf(in -> null).build();

        assertThat(invoke(spec, changes().set(TOPIC, "rain")).topic()).isEqualTo("rain");
    }

    // --- cached nodes ---

    private NodeBuilder<StateUpdate<Page>, Page, Page, ?> cached() {
        return graph("cached").node("ask").after(START).cache(CachePolicy.of("1"));
    }

    private Page cached(GraphSpec<StateUpdate<Page>, Page, Page> spec, TaskCache cache, Changes<Page> input) {
        try (var graph = spec.builder()
                .checkpointer(Checkpointer.inMemory())
                .cache(cache)
                .build()) {
            return graph.workflow().invoke(input.update(), THREAD).value();
        }
    }

    private static Changes<Page> line(String text) {
        return changes().add(LINES, List.of(new Line(text, Optional.empty())));
    }

    @Test
    @Tag("G081")
    void keyOfACachedNodeIsWhatItReads() {
        TaskCache cache = TaskCache.inMemory();
        GraphSpec<StateUpdate<Page>, Page, Page> spec = cached().reads("topic")
                .leaf(in -> line(in.required(TOPIC) + runs.incrementAndGet()).update())
                .build();

        cached(spec, cache, line("x").set(TOPIC, "rain"));
        Page second = cached(spec, cache, line("y").set(TOPIC, "rain"));
        Page third = cached(spec, cache, line("y").set(TOPIC, "snow"));

        assertThat(second.lines()).extracting(Line::text).containsExactly("y", "rain1");
        assertThat(third.lines()).extracting(Line::text).containsExactly("y", "snow2");
    }

    @Test
    @Tag("G081")
    void keyIsTheWholeStateWhereNothingSaysWhatIsRead() {
        TaskCache cache = TaskCache.inMemory();
        GraphSpec<StateUpdate<Page>, Page, Page> spec = cached().leaf(
                        in -> line(in.state().topic() + runs.incrementAndGet()).update())
                .build();

        cached(spec, cache, line("x").set(TOPIC, "rain"));
        cached(spec, cache, line("y").set(TOPIC, "rain"));
        cached(spec, cache, line("x").set(TOPIC, "rain"));

        assertThat(runs).hasValue(2);
    }

    @Test
    void cachedNodeGetsNothingThatIsNoPartOfItsKey() {
        failsWith(
                "asks for 'lines'",
                cached().reads("topic").leaf(in -> line("" + in.value(LINES)).update()));
        failsWith(
                "the whole state",
                cached().reads("topic").leaf(in -> line("" + in.state()).update()));
        failsWith("its superstep", cached().leaf(in -> line("" + in.superstep()).update()));
    }

    private void failsWith(String text, GraphSpec.Builder<StateUpdate<Page>, Page, Page> builder) {
        assertThatThrownBy(() -> cached(builder.build(), TaskCache.inMemory(), line("x")))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining(text);
    }

    @Test
    void whatANodeReadsIsAComponent() {
        assertThatThrownBy(() -> cached().reads("topik").leaf(in -> null).build())
                .isInstanceOfSatisfying(
                        InvalidGraphException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::rule)
                                .containsExactly(GraphRule.READS_UNKNOWN))
                .hasMessageContaining("did you mean 'topic'?");
    }
}
