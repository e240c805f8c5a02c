package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.annotations.Append;
import dev.clew.annotations.KeepLast;
import dev.clew.annotations.Sum;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.EngineSuite;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.Component;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.state.CheckpointQuery;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** States that are stored as changes, under code that has changed: components and their types, reducers and start values. */
@Timeout(60)
public abstract class StateEvolutionSuite extends EngineSuite {
    private static final String LINE = "x".repeat(100);

    private Checkpointer store;

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    private CompiledGraph<String, Diary, Diary> open() {
        return opened(
                Diary.graph().builder().checkpointer(new SecondDoor(store)).build());
    }

    private long full() {
        return store.checkpoints(CheckpointQuery.of("t")).stream()
                .filter(checkpoint -> checkpoint.values().containsKey("saved"))
                .count();
    }

    private static void runs(CompiledGraph<String, Diary, Diary> graph, int runs) {
        IntStream.range(0, runs).forEach(run -> graph.workflow().invoke("note " + LINE, T));
    }

    @Test
    void theStateStaysWhatItWasIfAReducerChanges() {
        runs(open(), 10);
        open().workflow().invoke("add 5; last a", T);
        Component<Integer, Integer> total = Component.lastValue("total", TypeRef.of(Integer.class), 0);
        Component<List<String>, List<String>> notes = Component.reduced(
                "notes",
                TypeRef.listOf(TypeRef.of(String.class)),
                TypeRef.listOf(TypeRef.of(String.class)),
                new KeepLast.InList<String>(2));
        StateSpec<Short> spec = StateSpec.of(
                Short.class,
                values -> new Short(values.get(notes), values.get(total)),
                state -> new Object[] {state.notes(), state.total()},
                notes,
                total);

        Short now = opened(plain(spec)
                        .builder()
                        .checkpointer(new SecondDoor(store))
                        .build())
                .workflow()
                .invoke(spec.changes().update(), T)
                .value();

        assertThat(now.total()).isEqualTo(16);
        assertThat(now.notes()).hasSize(21);
    }

    @Test
    void aRenamedComponentAndOneOfAnotherTypeGoOn() {
        runs(open(), 10);
        open().workflow().invoke("add 5; last a", T);
        Component<Set<String>, Set<String>> lines = Component.reduced(
                        "lines",
                        new TypeRef<Set<String>>() {},
                        new TypeRef<Set<String>>() {},
                        new Append.ToSet<String>())
                .formerly("notes");
        Component<Long, Long> total =
                Component.reduced("total", TypeRef.of(Long.class), TypeRef.of(Long.class), Sum.OfLong.INSTANCE);
        StateSpec<Other> spec = StateSpec.of(
                Other.class,
                values -> new Other(values.get(lines), values.get(total)),
                state -> new Object[] {state.lines(), state.total()},
                lines,
                total);
        CompiledGraph<StateUpdate<Other>, Other, Other> other =
                opened(plain(spec).builder().checkpointer(new SecondDoor(store)).build());

        for (int run = 0; run < 5; run++) {
            other.workflow()
                    .invoke(
                            spec.changes()
                                    .add(lines, Set.of("run " + run))
                                    .add(total, 1L)
                                    .update(),
                            T);
        }

        assertThat(other.workflow().snapshot("t").values())
                .isEqualTo(new Other(Set.of(LINE, "written", "run 0", "run 1", "run 2", "run 3", "run 4"), 21));
    }

    @Test
    void aComponentThatIsGoneDoesNotComeBackWithItsName() {
        runs(open(), 10);
        Component<Integer, Integer> total = Component.lastValue("total", TypeRef.of(Integer.class), 0);
        StateSpec<Bare> spec = StateSpec.of(
                Bare.class, values -> new Bare(values.get(total)), state -> new Object[] {state.total()}, total);
        CompiledGraph<StateUpdate<Bare>, Bare, Bare> bare =
                opened(plain(spec).builder().checkpointer(new SecondDoor(store)).build());
        assertThat(bare.workflow().invoke(spec.changes().update(), T).value()).isEqualTo(new Bare(10));
        assertThat(bare.workflow().invoke(spec.changes().update(), T).value()).isEqualTo(new Bare(10));

        Diary back = open().workflow().invoke("note a", T).value();

        assertThat(back.notes()).containsExactly("a", "written");
        assertThat(back.total()).isEqualTo(11);
    }

    /** A state that is stored in full has a value for each component; so has one that is stored as a change. */
    @Test
    void theStartValueThatARunBeganWithStaysIfTheStartChanges() {
        StateSpec<Lines> before = lines("lines");
        add(before, LINE.repeat(5));

        add(grown("x"), "a");

        assertThat(add(grown("y"), "b")).isEqualTo(new Grown(List.of(LINE.repeat(5), "a", "b"), "x"));
    }

    /** A former name is needed until a run has stored the state under the present one. */
    @Test
    void aFormerNameMayGoWhenARunHasStoredTheState() {
        add(lines("notes"), LINE.repeat(5));
        add(lines("lines", "notes"), "a");

        assertThat(add(lines("lines"), "b")).isEqualTo(new Lines(List.of(LINE.repeat(5), "a", "b")));
    }

    /** What a state had once need not be readable as a type of now, if the state has it no more. */
    @Test
    void onlyWhatTheStateHasNowMustFitTheTypesOfNow() {
        TypeRef<List<String>> texts = new TypeRef<List<String>>() {};
        Component<String, String> was = Component.lastValue("door", TypeRef.of(String.class), "none");
        Component<List<String>, List<String>> last =
                Component.reduced("texts", texts, texts, new KeepLast.InList<String>(3));
        StateSpec<Loose> before = loose(was, last);
        CompiledGraph<StateUpdate<Loose>, Loose, Loose> graph = opened(
                plain(before).builder().checkpointer(new SecondDoor(store)).build());
        graph.workflow()
                .invoke(
                        before.changes()
                                .set(was, "obsolete")
                                .add(last, List.of(LINE.repeat(5), "a", "b"))
                                .update(),
                        T);
        graph.workflow()
                .invoke(
                        before.changes()
                                .set(was, "OPEN")
                                .add(last, List.of("a"))
                                .update(),
                        T);
        assertThat(full()).isEqualTo(1);

        StateSpec<Loose> now = loose(
                Component.lastValue("door", TypeRef.of(Door.class), Door.CLOSED),
                Component.lastValue("texts", new TypeRef<Set<String>>() {}, Set.of()));
        CompiledGraph<StateUpdate<Loose>, Loose, Loose> typed =
                opened(plain(now).builder().checkpointer(new SecondDoor(store)).build());

        assertThat(typed.workflow().state(T).unreadable()).isNull();
        for (int run = 0; run < 3; run++) {
            typed.workflow().invoke(now.changes().update(), T);
            assertThat(typed.workflow().snapshot("t").values()).isEqualTo(new Loose(Door.OPEN, Set.of("a", "b")));
        }
    }

    private enum Door {
        OPEN,
        CLOSED
    }

    private record Loose(Object door, Object texts) {}

    private static StateSpec<Loose> loose(Component<?, ?> door, Component<?, ?> texts) {
        return StateSpec.of(
                Loose.class,
                values -> new Loose(values.get(door), values.get(texts)),
                state -> new Object[] {state.door(), state.texts()},
                door,
                texts);
    }

    private static Component<List<String>, List<String>> list(String name, String... formerly) {
        TypeRef<List<String>> texts = TypeRef.listOf(TypeRef.of(String.class));
        return Component.reduced(name, texts, texts, new Append.ToList<String>())
                .formerly(formerly);
    }

    private static StateSpec<Lines> lines(String name, String... formerly) {
        Component<List<String>, List<String>> lines = list(name, formerly);
        return StateSpec.of(
                Lines.class, values -> new Lines(values.get(lines)), state -> new Object[] {state.lines()}, lines);
    }

    private static StateSpec<Grown> grown(String start) {
        Component<List<String>, List<String>> lines = list("lines");
        Component<String, String> extra = Component.lastValue("extra", TypeRef.of(String.class), start);
        return StateSpec.of(
                Grown.class,
                values -> new Grown(values.get(lines), values.get(extra)),
                state -> new Object[] {state.lines(), state.extra()},
                lines,
                extra);
    }

    private record Lines(List<String> lines) {}

    private record Grown(List<String> lines, String extra) {}

    /** Runs a graph that adds a line to the first component. */
    @SuppressWarnings("unchecked") // it is a list
    private <S> S add(StateSpec<S> spec, String line) {
        Component<?, List<String>> first =
                (Component<?, List<String>>) spec.components().get(0);
        CompiledGraph<StateUpdate<S>, S, S> graph =
                opened(plain(spec).builder().checkpointer(new SecondDoor(store)).build());
        return graph.workflow()
                .invoke(spec.changes().add(first, List.of(line)).update(), T)
                .value();
    }

    private record Bare(int total) {}

    private record Short(List<String> notes, int total) {}

    private record Other(Set<String> lines, long total) {}

    private static <S> GraphSpec<StateUpdate<S>, S, S> plain(StateSpec<S> state) {
        return GraphSpec.of("diary", state)
                .node("write")
                .after(START)
                .leaf(in -> state.changes().update())
                .build();
    }
}
