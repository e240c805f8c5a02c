package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.Reducer;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import dev.clew.value.TypeRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which containers a component may be, and that those can be written, stored and read. */
@Timeout(20)
final class ContainersTest {
    record All(
            SortedSet<String> sorted,
            SortedMap<String, Integer> counts,
            NavigableMap<String, List<String>> index,
            Collection<String> many,
            byte[] bytes) {}

    private static final Component<SortedSet<String>, SortedSet<String>> SORTED =
            Component.lastValue("sorted", new TypeRef<SortedSet<String>>() {}, new TreeSet<>());
    private static final Component<SortedMap<String, Integer>, SortedMap<String, Integer>> COUNTS =
            Component.lastValue("counts", new TypeRef<SortedMap<String, Integer>>() {}, new TreeMap<>());
    private static final Component<NavigableMap<String, List<String>>, NavigableMap<String, List<String>>> INDEX =
            Component.lastValue("index", new TypeRef<NavigableMap<String, List<String>>>() {}, new TreeMap<>());
    private static final Component<Collection<String>, Collection<String>> MANY =
            Component.lastValue("many", new TypeRef<Collection<String>>() {}, List.of());
    private static final Component<byte[], byte[]> BYTES =
            Component.lastValue("bytes", TypeRef.of(byte[].class), new byte[0]);

    private static final StateSpec<All> STATE = StateSpec.of(
            All.class,
            values -> new All(
                    values.get(SORTED), values.get(COUNTS), values.get(INDEX), values.get(MANY), values.get(BYTES)),
            all -> new Object[] {all.sorted(), all.counts(), all.index(), all.many(), all.bytes()},
            SORTED,
            COUNTS,
            INDEX,
            MANY,
            BYTES);

    @Test
    void sortedOnesAndArraysAreWrittenStoredAndRead() {
        byte[] bytes = {1, 2};
        GraphSpec<StateUpdate<All>, All, All> spec = GraphSpec.of("containers", STATE)
                .node("write")
                .after(START)
                .leaf(in -> STATE.changes()
                        .set(SORTED, new TreeSet<>(List.of("b", "a")))
                        .set(COUNTS, new TreeMap<>(Map.of("b", 2, "a", 1)))
                        .set(INDEX, new TreeMap<>(Map.of("k", List.of("v"))))
                        .set(MANY, new ArrayDeque<>(List.of("x", "y")))
                        .set(BYTES, bytes)
                        .update())
                .node("read")
                .after("write")
                .leaf(in -> STATE.changes()
                        .set(SORTED, new TreeSet<>(in.value(SORTED).headSet("b")))
                        .set(COUNTS, in.state().counts().tailMap("b"))
                        .update())
                .build();

        try (var graph = spec.builder().checkpointer(Checkpointer.inMemory()).build()) {
            All all = graph.workflow()
                    .invoke(STATE.changes().update(), RunConfig.thread("t"))
                    .value();

            assertThat(all.sorted()).containsExactly("a");
            assertThat(all.counts()).containsExactly(Map.entry("b", 2));
            assertThat(all.index().firstEntry().getValue()).containsExactly("v");
            assertThat(all.many()).containsExactly("x", "y");
            assertThat(all.bytes()).containsExactly(1, 2);
        }
    }

    @Test
    void updateHasCopiesOfItsOwn() {
        byte[] bytes = {1};
        TreeSet<String> sorted = new TreeSet<>(List.of("a"));
        StateUpdate<All> update =
                STATE.changes().set(SORTED, sorted).set(BYTES, bytes).update();
        bytes[0] = 9;
        sorted.add("b");

        All all = update.applyTo(STATE.make(STATE.start()));

        assertThat(all.bytes()).containsExactly(1);
        assertThat(all.sorted()).containsExactly("a");
        assertThatThrownBy(() -> all.sorted().add("c")).isInstanceOf(UnsupportedOperationException.class);
    }

    /** Its updates are of a type that its values are not. */
    private enum Pushed implements Reducer<List<String>, Deque<String>> {
        INSTANCE;

        @Override
        public List<String> identity() {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> current, Deque<String> update) {
            return List.copyOf(update);
        }
    }

    @Test
    void containersThatCanBeChangedInPlaceAreRefused() {
        List<Component<?, ?>> refused = new ArrayList<>(Arrays.asList(
                Component.lastValue("deque", new TypeRef<Deque<String>>() {}, null),
                Component.lastValue("set", new TypeRef<TreeSet<String>>() {}, null),
                Component.lastValue("list", new TypeRef<ArrayList<String>>() {}, null),
                Component.reduced(
                        "pushed", new TypeRef<List<String>>() {}, new TypeRef<Deque<String>>() {}, Pushed.INSTANCE)));
        StateSpec<String> state = StateSpec.of(
                String.class, values -> "", text -> new Object[4], refused.toArray(Component<?, ?>[]::new));

        assertThatThrownBy(() -> GraphSpec.of("refused", state)
                        .node("a")
                        .after(START)
                        .leaf(in -> null)
                        .build())
                .isInstanceOfSatisfying(
                        InvalidGraphException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::rule)
                                .containsOnly(GraphRule.COMPONENT_CONTAINER)
                                .hasSize(4))
                .hasMessageContaining("CLEW223: component 'deque' has the type 'Deque'");
    }
}
