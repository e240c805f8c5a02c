package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Operator;
import dev.clew.annotations.Append;
import dev.clew.annotations.KeepLast;
import dev.clew.annotations.Sum;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.engine.EngineSuite;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.Component;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runs of a thread store what they did to the state, and now and then the whole state. */
@Timeout(60)
public abstract class StateChainSuite extends EngineSuite {
    private static final String LINE = "x".repeat(100);

    private Checkpointer store;

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    private CompiledGraph<String, Diary, Diary> open() {
        return over(new SecondDoor(store));
    }

    private CompiledGraph<String, Diary, Diary> over(Checkpointer door) {
        return opened(Diary.graph().builder().checkpointer(door).build());
    }

    private long bytes() {
        return bytes(store.checkpoints(CheckpointQuery.of("t")));
    }

    private static long bytes(List<CheckpointRecord> checkpoints) {
        return checkpoints.stream()
                .flatMap(checkpoint -> checkpoint.values().values().stream())
                .mapToLong(value -> value.length)
                .sum();
    }

    private long full() {
        return store.checkpoints(CheckpointQuery.of("t")).stream()
                .filter(checkpoint -> checkpoint.values().containsKey("saved"))
                .count();
    }

    private static void runs(CompiledGraph<String, Diary, Diary> graph, int runs) {
        IntStream.range(0, runs).forEach(run -> graph.workflow().invoke("note " + LINE, T));
    }

    // --- bytes ---

    @Test
    @Tag("G030")
    void aThreadTakesBytesForWhatItsRunsWroteAndNotForTheStateInEach() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 50);
        long first = bytes();
        runs(graph, 50);
        long second = bytes() - first;
        runs(graph, 100);

        assertThat(bytes()).isLessThan(4L * 200 * (LINE.length() + 1024)).isLessThan(25 * 200L * LINE.length());
        assertThat(bytes() - first - second).isLessThan(3 * (first + second));
        assertThat(full()).isLessThan(20);
        assertThat(graph.workflow().snapshot("t").values().notes()).hasSize(400);
    }

    @Test
    void runsThatFailTakeNoMoreThanThoseThatEnd() {
        CompiledGraph<String, Diary, Diary> graph = open();
        for (int run = 0; run < 100; run++) {
            assertThatThrownBy(() -> graph.workflow().invoke("note " + LINE + "; wish fail", T))
                    .isInstanceOf(WorkflowFailedException.class);
        }

        assertThat(bytes()).isLessThan(4L * 100 * (LINE.length() + 1024));
        assertThat(full()).isLessThan(15);
        assertThat(graph.workflow().invoke("wish nothing", T).value().notes()).hasSize(201);
    }

    @Test
    void updatesByHandTakeNoMoreThanRuns() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 1);
        for (int update = 0; update < 100; update++) {
            graph.workflow().updateState(T, Diary.update("note " + LINE));
        }

        assertThat(bytes()).isLessThan(4L * 100 * (LINE.length() + 1024));
        assertThat(full()).isLessThan(15);
        assertThat(graph.workflow().snapshot("t").values().notes()).hasSize(102);
    }

    @Test
    void openingReadsAtMostThreeTimesTheState() {
        long[] read = {0, 0};
        CompiledGraph<String, Diary, Diary> graph = over(new ForwardingCheckpointer(store) {
            @Override
            public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
                List<CheckpointRecord> found = super.checkpoints(query);
                read[0] += bytes(found);
                read[1] += query.ids().isEmpty() ? 1 : 0;
                return found;
            }
        });
        runs(graph, 1);
        for (int run = 2; run <= 150; run++) {
            long state = run * (LINE.length() + "written".length() + 6L);
            read[0] = 0;
            read[1] = 0;
            graph.workflow().invoke("note " + LINE, T.pauseBefore(NodeRef.of("write")));

            // What is read by its id is the newest checkpoint, or what a small state begins with.
            assertThat(read[0]).as("run " + run).isLessThan(3 * state + 2_000);
            assertThat(read[1]).as("ranges in run " + run).isLessThanOrEqualTo(1);
            graph.workflow().invoke(Command.proceed(), T);
        }
    }

    @Test
    void whatBeginsAnewIsStoredInFull() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 20);
        long before = full();

        graph.workflow().invoke("fresh -; note a", T);

        assertThat(full()).isEqualTo(before + 1);
        assertThat(graph.workflow().snapshot("t").values().notes()).containsExactly("a", "written");
    }

    @Test
    void theOutputIsNotStoredWhereItIsTheState() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 3);

        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .noneSatisfy(checkpoint -> assertThat(checkpoint.values()).containsKey("output"));
        assertThat(graph.workflow().state(T).value())
                .isEqualTo(graph.workflow().snapshot("t").values());
    }

    @Test
    void anOperatorSeesStatesWithoutTheirClasses() {
        CompiledGraph<String, Diary, Diary> graph = open();
        Diary[] states = new Diary[20];
        for (int run = 0; run < states.length; run++) {
            String ops = "note " + LINE + "; last " + run + "; mark " + run + "; tag " + run + "; draft " + run;
            states[run] = graph.workflow().invoke(ops, T).value();
        }
        graph.keepLast("t", 15);

        try (Operator operator = Operator.of(store)) {
            assertThat(operator.state("t").value()).isEqualTo(plain(states[19]));
            List<HistoryEntry<Object>> ends = operator.history("t").stream()
                    .filter(entry -> entry.source() == CheckpointSource.LOOP)
                    .toList();
            assertThat(ends).hasSizeGreaterThanOrEqualTo(15);
            for (int i = 0; i < ends.size(); i++) {
                assertThat(ends.get(i).value()).isEqualTo(plain(states[19 - i]));
            }
        }
    }

    private static Object plain(Diary diary) {
        JsonCodec json = JsonCodec.standard();
        return json.decode(json.encode(diary, TypeRef.of(Diary.class)), TypeRef.of(Object.class));
    }

    // --- retention ---

    @Test
    void retentionDeletesLogsAndKeepsWhatTheStateIsMadeOf() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        Diary state = graph.workflow().snapshot("t").values();

        assertThat(graph.keepLast("t", 2)).isEqualTo(28);

        assertThat(graph.keepLast("t", 2)).isZero();
        assertThat(open().workflow().snapshot("t").values()).isEqualTo(state);
        assertThat(graph.workflow().snapshots("t"))
                .allSatisfy(snapshot -> assertThat(snapshot.values().notes()).hasSizeGreaterThan(55));
        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .filteredOn(checkpoint -> checkpoint.runId() == null)
                .isNotEmpty()
                .allSatisfy(left -> assertThat(left.source()).isEqualTo(CheckpointSource.LOOP));
        runs(graph, 1);
        assertThat(graph.workflow().snapshot("t").values().notes()).hasSize(62);
    }

    @Test
    void whatRetentionKeptIsAValueThatCanBeReadAndForked() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        graph.keepLast("t", 1);

        List<HistoryEntry<Diary>> left = graph.workflow().history("t").stream()
                .filter(entry -> entry.runId() == null)
                .toList();
        RunConfig middle = left.get(left.size() / 2).config();
        Diary value = left.get(left.size() / 2).value();

        assertThat(value.notes()).hasSizeBetween(10, 56);
        assertThat(graph.workflow().state(middle).value()).isEqualTo(value);
        assertThat(graph.workflow().snapshot(middle).values()).isEqualTo(value);
        graph.workflow().fork(middle);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value);
        assertThat(graph.workflow().invoke("note a", T).value()).isEqualTo(value.then("note a; note written; add 1"));
        assertThat(graph.workflow().invoke("note b", middle).value())
                .isEqualTo(value.then("note b; note written; add 1"));
        assertThat(graph.keepLast("t", 1)).isEqualTo(2);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value.then("note b; note written; add 1"));
    }

    /** What a run was opened with stays, as the checkpoint of a run that failed does. */
    @Test
    void whatRetentionKeptOfRunsThatFailedIsAValueToo() {
        CompiledGraph<String, Diary, Diary> graph = open();
        for (int run = 0; run < 30; run++) {
            assertThatThrownBy(() -> graph.workflow().invoke("note " + LINE + "; wish fail", T))
                    .isInstanceOf(WorkflowFailedException.class);
        }
        graph.keepLast("t", 1);

        List<HistoryEntry<Diary>> left = graph.workflow().history("t").stream()
                .filter(entry -> entry.runId() == null)
                .toList();
        RunConfig middle = left.get(left.size() / 2).config();
        Diary value = left.get(left.size() / 2).value();

        assertThat(value.notes()).hasSizeBetween(10, 56);
        assertThat(graph.workflow().state(middle).value()).isEqualTo(value);
        assertThat(graph.workflow().snapshot(middle).values()).isEqualTo(value);
        assertThat(graph.workflow().invoke("note b; wish nothing", middle).value())
                .isEqualTo(value.then("note b; wish nothing; note written; add 1"));
        graph.workflow().updateState(middle, Diary.update("note c"));
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value.then("note c"));
        graph.workflow().fork(middle);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value);
        graph.keepLast("t", 1);
        assertThat(graph.workflow().snapshot("t").values()).isEqualTo(value);
    }

    @Test
    void whatRetentionKeptGoesWhenNothingNeedsItAnyMore() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        graph.keepLast("t", 1);
        graph.workflow().invoke("fresh -; note a", T);
        runs(graph, 1);

        graph.keepLast("t", 1);

        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .filteredOn(checkpoint -> checkpoint.runId() == null)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(graph.workflow().snapshot("t").values().notes()).containsExactly("a", "written", LINE, "written");
    }

    @Test
    void aCopyHasAllThatItsStateIsMadeOf() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        graph.keepLast("t", 1);
        graph.copyThread("t", "copy");
        graph.deleteThread("t");

        assertThat(graph.workflow().snapshot("copy").values().notes()).hasSize(60);
        assertThat(graph.workflow()
                        .invoke("tag a", RunConfig.thread("copy"))
                        .value()
                        .notes())
                .hasSize(61);
    }

    // --- other code ---

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

    // --- damage ---

    @Test
    void aMissingLinkIsNamed() {
        CompiledGraph<String, Diary, Diary> graph = open();
        runs(graph, 30);
        ThreadRecord row = store.thread("t").orElseThrow();
        String run = store.checkpoints(CheckpointQuery.of("t")).get(4).runId();
        store.delete(Deletion.runs("t", row.epoch(), Set.of(String.valueOf(run))));

        assertThatThrownBy(() -> graph.workflow().invoke("note a", T))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("which is not there; the database is damaged");
    }
}
