package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.TOPIC;
import static dev.clew.graph.Research.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.OnNonDeterminism;
import dev.clew.annotations.Append;
import dev.clew.annotations.KeepLast;
import dev.clew.annotations.Reducer;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.Research.State;
import dev.clew.graph.fold.Channels;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code that changes while a run is parked: what is recorded keeps its meaning, or the thread is BLOCKED. */
@Timeout(20)
final class GraphChangesTest {
    private static final RunConfig THREAD = RunConfig.thread("t");
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    private final Checkpointer store = Checkpointer.inMemory();
    private final AtomicInteger runs = new AtomicInteger();

    // --- nodes that are gone ---

    private GraphSpec<String, State, State> asking(String node, String... formerly) {
        return GraphSpec.of("asks", Research.STATE)
                .input(String.class, topic -> changes().set(TOPIC, topic).update())
                .node(node)
                .after(START)
                .formerly(formerly)
                .scope(in -> changes()
                        .add(NOTES, List.of("asked " + in.interrupt(OK, "go on?")))
                        .update())
                .node("beside")
                .after(START)
                .leaf(in -> {
                    runs.incrementAndGet();
                    return null;
                })
                .build();
    }

    @Test
    @Tag("G181")
    void nodeThatIsGoneUnderAParkedPlanBlocksTheThreadBeforeAnythingStarts() {
        RunResult.Interrupted<State> paused = paused(asking("confirm"));
        runs.set(0);

        for (OnNonDeterminism policy : OnNonDeterminism.values()) {
            Command command = policy == OnNonDeterminism.BLOCK ? paused.only(OK).answer(true) : Command.proceed();
            try (var graph = asking("confirms")
                    .builder()
                    .checkpointer(store)
                    .onNonDeterminism(policy)
                    .build()) {
                assertThatThrownBy(() -> graph.workflow().invoke(command, THREAD))
                        .isInstanceOf(NonDeterminismException.class)
                        .hasMessageContaining("superstep 1 of 'asks' runs 'confirm', which is no node")
                        .hasMessageContaining("did you mean 'confirms'?");
                assertThat(graph.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
                assertThat(graph.workflow().snapshot("t").next()).containsExactly("confirm", "beside");
                assertThat(runs).hasValue(0);
            }
        }
    }

    @Test
    @Tag("G181")
    void whatANodeDidIsStillReadWhenTheNodeIsGone() {
        RunResult.Interrupted<State> paused = paused(twoSteps("plan"));
        assertThat(paused.pending()).hasSize(1);

        try (var graph = open(twoSteps("think"))) {
            assertThatThrownBy(() -> graph.workflow().invoke(paused.only(OK).answer(true), THREAD))
                    .isInstanceOf(NonDeterminismException.class)
                    .hasMessageContaining("superstep 1 of 'asks' runs 'plan'");
            StateSnapshot<State> now = graph.workflow().snapshot("t");
            assertThat(now.values().notes()).containsExactly("planned");
            assertThat(now.next()).containsExactly("ask");
            assertThat(graph.workflow().snapshots("t")).hasSize(2);
        }
        try (var graph = open(twoSteps("plan"))) {
            assertThat(graph.workflow()
                            .invoke(Command.proceed(), THREAD)
                            .value()
                            .notes())
                    .containsExactly("planned", "asked true");
        }
    }

    private GraphSpec<String, State, State> twoSteps(String first) {
        return GraphSpec.of("asks", Research.STATE)
                .input(String.class, topic -> changes().set(TOPIC, topic).update())
                .node(first)
                .after(START)
                .mayGoTo("ask")
                .leaf(in ->
                        changes().add(NOTES, List.of("planned")).update().goTo(Send.to("ask", new Research.Query("q"))))
                .node("ask")
                .takes(Research.Query.class)
                .scope(in -> changes()
                        .add(NOTES, List.of("asked " + in.interrupt(OK, "go on?")))
                        .update())
                .build();
    }

    @Test
    @Tag("G181")
    void nodeIsFoundByAFormerName() {
        RunResult.Interrupted<State> paused = paused(asking("confirm"));

        try (var graph = open(asking("confirms", "confirm"))) {
            assertThat(graph.workflow()
                            .invoke(paused.only(OK).answer(true), THREAD)
                            .value()
                            .notes())
                    .containsExactly("asked true");
        }
    }

    private RunResult.Interrupted<State> paused(GraphSpec<String, State, State> spec) {
        try (var graph = open(spec)) {
            return (RunResult.Interrupted<State>) graph.workflow().invoke("rain", THREAD);
        }
    }

    private <S> CompiledGraph<String, S, S> open(GraphSpec<String, S, S> spec) {
        return spec.builder().checkpointer(store).build();
    }

    // --- components that changed ---

    record Log(List<String> lines) {}

    private static final TypeRef<List<String>> TEXTS = new TypeRef<List<String>>() {};

    private static Component<List<String>, List<String>> lines(Reducer<List<String>, List<String>> reducer) {
        return Component.reduced("lines", TEXTS, TEXTS, reducer);
    }

    private static GraphSpec<String, Log, Log> logging(Component<List<String>, List<String>> lines) {
        return logging(lines, Log::new);
    }

    private static GraphSpec<String, Log, Log> logging(
            Component<List<String>, List<String>> lines, Function<List<String>, Log> constructor) {
        StateSpec<Log> state = StateSpec.of(
                Log.class, values -> constructor.apply(values.get(lines)), log -> new Object[] {log.lines()}, lines);
        Function<String, StateUpdate<Log>> line =
                text -> state.changes().add(lines, List.of(text)).update();
        return GraphSpec.of("logging", state)
                .input(String.class, line::apply)
                .node("first")
                .after(START)
                .leaf(in -> line.apply("first"))
                .node("ask")
                .after("first")
                .scope(in -> line.apply("asked " + in.interrupt(OK, "sure?")))
                .build();
    }

    @Test
    void anotherReducerBlocksTheThreadAndTheFormerOneContinues() {
        Answer yes = pauseLogging(lines(new KeepLast.InList<>(5)));

        try (var graph = open(logging(lines(new KeepLast.InList<>(10))))) {
            assertThatThrownBy(() -> graph.workflow().invoke(yes, THREAD))
                    .isInstanceOf(StateDriftException.class)
                    .hasMessageContaining("'lines' was java.util.List<java.lang.String> folded by")
                    .hasMessageContaining("@KeepLast(5), and is")
                    .hasMessageContaining("@KeepLast(10)");
            assertThat(graph.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
        }
        try (var graph = open(logging(lines(new KeepLast.InList<>(5))))) {
            assertThat(graph.workflow()
                            .invoke(Command.proceed(), THREAD)
                            .value()
                            .lines())
                    .containsExactly("in", "first", "asked true");
        }
    }

    @Test
    void anotherReducerIsTakenWhereMismatchesOnlyWarn() {
        Answer yes = pauseLogging(lines(new KeepLast.InList<>(5)));

        try (var graph = logging(lines(new KeepLast.InList<>(2)))
                .builder()
                .checkpointer(store)
                .onNonDeterminism(OnNonDeterminism.WARN)
                .build()) {
            assertThat(graph.workflow().invoke(yes, THREAD).value().lines()).containsExactly("first", "asked true");
        }
    }

    @Test
    void anotherTypeArgumentIsAnotherState() {
        Channels before = new Channels(List.of(lines(new Append.ToList<>()).channel()));
        Channels after = new Channels(List.of(Component.reduced(
                        "lines",
                        new TypeRef<List<CharSequence>>() {},
                        new TypeRef<List<CharSequence>>() {},
                        new Append.ToList<CharSequence>())
                .channel()));

        assertThat(StateForm.of(after).changedFrom(StateForm.of(before).byComponent(), after))
                .hasSize(1);
        assertThat(StateForm.of(before).changedFrom(StateForm.of(before).byComponent(), before))
                .isEmpty();
    }

    private Answer pauseLogging(Component<List<String>, List<String>> lines) {
        try (var graph = open(logging(lines))) {
            var paused = (RunResult.Interrupted<Log>) graph.workflow().invoke("in", THREAD);
            return paused.only(OK).answer(true);
        }
    }

    // --- supersteps that were committed before ---

    private static final AtomicBoolean BROKEN = new AtomicBoolean();

    /** Refuses what it took before, once it is broken. */
    private enum Fragile implements Reducer<List<String>, List<String>> {
        INSTANCE;

        @Override
        public List<String> identity() {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> current, List<String> update) {
            if (BROKEN.get()) {
                throw new IllegalStateException("broken");
            }
            List<String> all = new ArrayList<>(current);
            all.addAll(update);
            return all;
        }
    }

    @Test
    void reducerThatThrowsOnWhatWasCommittedBlocksTheThread() {
        Answer yes = pauseLogging(lines(Fragile.INSTANCE));
        try (var graph = open(logging(lines(Fragile.INSTANCE)))) {
            BROKEN.set(true);
            try {
                assertThatThrownBy(() -> graph.workflow().invoke(yes, THREAD))
                        .isInstanceOf(StateDriftException.class)
                        .hasMessageContaining(
                                "cannot be folded any more, so a reducer has changed: the input of 'logging'")
                        .hasMessageContaining("'lines' is given to a reducer that threw")
                        .hasRootCauseInstanceOf(IllegalStateException.class);
                assertThat(graph.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
            } finally {
                BROKEN.set(false);
            }
            assertThat(graph.workflow()
                            .invoke(Command.proceed(), THREAD)
                            .value()
                            .lines())
                    .containsExactly("in", "first", "asked true");
        }
    }

    @Test
    void constructorIsNotAskedForWhatWasCommittedBefore() {
        List<List<String>> asked = new ArrayList<>();
        Component<List<String>, List<String>> lines = lines(new Append.ToList<>());
        Answer yes = pauseLogging(lines);

        try (var graph = open(logging(lines, values -> {
            asked.add(values);
            if (values.size() < 3) {
                throw new IllegalArgumentException("too short by now");
            }
            return new Log(values);
        }))) {
            assertThat(graph.workflow().invoke(yes, THREAD).value().lines())
                    .containsExactly("in", "first", "asked true");
            assertThat(asked).allSatisfy(values -> assertThat(values).hasSize(3));
        }
    }

    // --- changes of a graph in a node ---

    private static GraphSpec<String, Log, Log> around(Component<List<String>, List<String>> lines, String asks) {
        StateSpec<Log> state =
                StateSpec.of(Log.class, values -> new Log(values.get(lines)), log -> new Object[] {log.lines()}, lines);
        GraphSpec<StateUpdate<Log>, Log, Log> inner = GraphSpec.of("inner", state)
                .node(asks)
                .after(START)
                .scope(in -> state.changes()
                        .add(lines, List.of("asked " + in.interrupt(OK, "sure?")))
                        .update())
                .build();
        return GraphSpec.of("around", state)
                .input(
                        String.class,
                        text -> state.changes().add(lines, List.of(text)).update())
                .subgraph("inner", inner, edges -> edges.after(START))
                .build();
    }

    @Test
    @Tag("G181")
    void nodeThatIsGoneInAGraphInsideBlocksTheThread() {
        Component<List<String>, List<String>> lines = lines(new Append.ToList<>());
        Answer yes;
        try (var graph = open(around(lines, "confirm"))) {
            yes = ((RunResult.Interrupted<Log>) graph.workflow().invoke("in", THREAD))
                    .only(OK)
                    .answer(true);
        }

        try (var graph = open(around(lines, "confirms"))) {
            assertThatThrownBy(() -> graph.workflow().invoke(yes, THREAD))
                    .isInstanceOf(NonDeterminismException.class)
                    .hasMessageContaining("superstep 1 of 'inner' runs 'confirm'")
                    .hasMessageContaining("did you mean 'confirms'?");
            assertThat(graph.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
            assertThat(graph.workflow().snapshot("t").next()).containsExactly("inner");
        }
        try (var graph = open(around(lines, "confirm"))) {
            assertThat(graph.workflow()
                            .invoke(Command.proceed(), THREAD)
                            .value()
                            .lines())
                    .containsExactly("in", "asked true");
        }
    }

    @Test
    void anotherReducerOfAGraphInsideBlocksTheThread() {
        Answer yes;
        try (var graph = open(around(lines(new KeepLast.InList<>(5)), "confirm"))) {
            yes = ((RunResult.Interrupted<Log>) graph.workflow().invoke("in", THREAD))
                    .only(OK)
                    .answer(true);
        }

        try (var graph = open(around(lines(new KeepLast.InList<>(1)), "confirm"))) {
            assertThatThrownBy(() -> graph.workflow().invoke(yes, THREAD)).isInstanceOf(StateDriftException.class);
        }
        try (var graph = around(lines(new KeepLast.InList<>(1)), "confirm")
                .builder()
                .checkpointer(store)
                .onNonDeterminism(OnNonDeterminism.WARN)
                .build()) {
            assertThat(graph.workflow()
                            .invoke(Command.proceed(), THREAD)
                            .value()
                            .lines())
                    .containsExactly("asked true");
        }
    }
}
