package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static dev.clew.graph.Research.BEST;
import static dev.clew.graph.Research.COUNTS;
import static dev.clew.graph.Research.DRAFT;
import static dev.clew.graph.Research.NOTES;
import static dev.clew.graph.Research.TOPIC;
import static dev.clew.graph.Research.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.Research.Draft;
import dev.clew.graph.Research.Editor;
import dev.clew.graph.Research.Query;
import dev.clew.graph.Research.State;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs run on the engine: what is recorded is not run again, whatever happens to the run. */
@Timeout(20)
final class GraphRunTest {
    private static final RunConfig THREAD = RunConfig.thread("t");
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    private final Checkpointer store = Checkpointer.inMemory();
    private final AtomicInteger runs = new AtomicInteger();

    private static GraphSpec.Builder<String, State, State> graph(String name) {
        return GraphSpec.of(name, Research.STATE)
                .input(String.class, topic -> changes().set(TOPIC, topic).update());
    }

    private static StateUpdate<State> note(String text) {
        return changes().add(NOTES, List.of(text)).update();
    }

    private CompiledGraph<String, State, State> open(GraphSpec<String, State, State> spec) {
        return spec.builder().checkpointer(store).build();
    }

    private State invoke(GraphSpec<String, State, State> spec) {
        try (var graph = open(spec)) {
            return graph.workflow().invoke("rain", THREAD).value();
        }
    }

    private static List<String> paths(CompiledGraph<?, ?, ?> graph) {
        return graph.workflow().state("t").steps().stream().map(StepState::path).toList();
    }

    @Test
    @Tag("G001")
    @Tag("G006")
    void nodesOfASuperstepSeeTheStateBeforeIt() {
        GraphSpec<String, State, State> spec = graph("pair")
                .node("one")
                .after(START)
                .leaf(in -> note("one sees " + in.state().notes()))
                .node("two")
                .after(START)
                .leaf(in -> note("two sees " + in.state().notes()))
                .node("three")
                .afterAll("one", "two")
                .leaf(in -> note("three sees " + in.value(NOTES).size()))
                .build();

        assertThat(invoke(spec).notes()).containsExactly("one sees []", "two sees []", "three sees 2");
    }

    @Test
    @Tag("G005")
    @Tag("G011")
    void eachSentRecordRunsItsTakerOnceAndUpdatesKeepTheirOrder() {
        GraphSpec<String, State, State> spec = graph("sends")
                .node("plan")
                .after(START)
                .mayGoTo("search")
                .leaf(in -> changes()
                        .update()
                        .goTo(List.of(Send.to("search", new Query("a")), Send.to("search", new Query("b")))))
                .node("search")
                .takes(Query.class)
                .leaf(in -> note(in.sent().text() + " about " + in.required(TOPIC)))
                .build();

        try (var graph = open(spec)) {
            assertThat(graph.workflow().invoke("rain", THREAD).value().notes())
                    .containsExactly("a about rain", "b about rain");
            assertThat(paths(graph)).containsExactlyInAnyOrder("node:plan#1", "node:search#1", "node:search#2");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G118")
    void aQuestionPausesTheRunAndAnotherGraphResumesIt(Durability durability) {
        GraphSpec<String, State, State> spec = graph("asks")
                .node("work")
                .after(START)
                .leaf(in -> note("work " + runs.incrementAndGet()))
                .node("ask")
                .after("work")
                .routes(Editor.class)
                .routesOnce()
                .scope(in -> in.interrupt(OK, in.value(NOTES).get(0))
                        ? note("yes").goTo(Editor.DONE)
                        : note("no").goTo(Editor.AGAIN))
                .node("write")
                .leaf(in -> note("again"))
                .build();
        RunConfig thread = THREAD.durability(durability);

        RunResult.Interrupted<State> paused;
        try (var graph = open(spec)) {
            paused = (RunResult.Interrupted<State>) graph.workflow().invoke("rain", thread);
        }
        try (var graph = open(spec)) {
            RunResult<State> result = graph.workflow().invoke(paused.only(OK).answer(false), thread);

            assertThat(paused.only(OK).value()).isEqualTo("work 1");
            assertThat(result.value().notes()).containsExactly("work 1", "no", "again");
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    @Tag("G073")
    void aQuestionWinsOverAFailureAndProceedRunsWhatFailed() {
        AtomicBoolean broken = new AtomicBoolean(true);
        GraphSpec<String, State, State> spec = graph("both")
                .node("fails")
                .after(START)
                .leaf(in -> {
                    if (broken.get()) {
                        throw new IOException("down");
                    }
                    return note("up");
                })
                .node("works")
                .after(START)
                .leaf(in -> note("worked " + runs.incrementAndGet()))
                .node("asks")
                .after(START)
                .scope(in -> note("answered " + in.interrupt(OK, "sure?")))
                .build();

        try (var graph = open(spec)) {
            var paused = (RunResult.Interrupted<State>) graph.workflow().invoke("rain", THREAD);
            assertThatThrownBy(() -> graph.workflow().invoke(paused.only(OK).answer(true), THREAD))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("down");
            broken.set(false);
            State state = graph.workflow().invoke(Command.proceed(), THREAD).value();

            assertThat(state.notes()).containsExactly("up", "worked 1", "answered true");
        }
    }

    @Test
    @Tag("G013")
    @Tag("G014")
    void aConflictFailsTheSuperstepAndKeepsItsOutcomes() {
        GraphSpec<String, State, State> colliding = writers("collide", true);

        try (var graph = open(colliding)) {
            assertThatThrownBy(() -> graph.workflow().invoke("rain", THREAD))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("'draft' is written by 'one#1' and 'two#1'");
            assertThat(graph.workflow().state("t").status()).isEqualTo(ThreadStatus.FAILED);
            assertThat(graph.workflow().state("t").steps()).hasSize(2);
        }
        assertThat(runs).hasValue(2);
    }

    private GraphSpec<String, State, State> writers(String name, boolean collide) {
        return graph(name)
                .node("one")
                .after(START)
                .leaf(in -> changes()
                        .set(DRAFT, new Draft("" + runs.incrementAndGet()))
                        .update())
                .node("two")
                .after(START)
                .leaf(in -> collide
                        ? changes()
                                .set(DRAFT, new Draft("" + runs.incrementAndGet()))
                                .update()
                        : null)
                .build();
    }

    @Test
    @Tag("G030")
    void stateAccumulatesOverTheRunsOfAThread() {
        GraphSpec<String, State, State> spec = graph("chat")
                .node("reply")
                .after(START)
                .leaf(in -> note(in.required(TOPIC) + " " + in.value(NOTES).size()))
                .build();

        try (var graph = open(spec)) {
            graph.workflow().invoke("rain", THREAD);
            State state = graph.workflow().invoke("sun", THREAD).value();

            assertThat(state.notes()).containsExactly("rain 0", "sun 1");
        }
    }

    @Test
    @Tag("G123")
    @Tag("G124")
    @Tag("G125")
    void theLimitCountsSuperstepsAndProceedMayRaiseIt() {
        GraphSpec<String, State, State> spec = graph("loop")
                .node("turn")
                .after(START)
                .mayGoTo("turn")
                .mayEnd()
                .leaf(in -> {
                    StateUpdate<State> update = note("left " + in.superstep().remaining());
                    return in.value(NOTES).size() == 3 ? update.goTo(List.of()) : update.goTo(Send.to("turn"));
                })
                .build();

        try (var graph = open(spec)) {
            assertThatThrownBy(() -> graph.workflow().invoke("rain", THREAD.maxSupersteps(2)))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("has run 2 supersteps");
            State state = graph.workflow()
                    .invoke(Command.proceed(), THREAD.maxSupersteps(4))
                    .value();

            assertThat(state.notes()).containsExactly("left 1", "left 0", "left 1", "left 0");
        }
    }

    @Test
    void aHandlerStandsInForAFailedNodeAndBothRunAgainIfItFails() {
        AtomicBoolean broken = new AtomicBoolean(true);
        GraphSpec<String, State, State> spec = graph("handled")
                .node("work")
                .after(START)
                .onErrorLeaf(in -> {
                    if (broken.get()) {
                        throw new IOException("handler, too");
                    }
                    return note("instead of " + in.failure().message());
                })
                .leaf(in -> {
                    throw new IOException("work " + runs.incrementAndGet());
                })
                .node("next")
                .after("work")
                .leaf(in -> note("next"))
                .build();

        try (var graph = open(spec)) {
            assertThatThrownBy(() -> graph.workflow().invoke("rain", THREAD))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("handler, too");
            broken.set(false);
            State state = graph.workflow().invoke(Command.proceed(), THREAD).value();

            assertThat(state.notes()).containsExactly("instead of work 2", "next");
        }
    }

    @Test
    @Tag("G112")
    @Tag("G113")
    @Tag("G118")
    void aGraphInAGraphGivesBackWhatItDid() {
        GraphSpec<String, State, State> inner = graph("inner")
                .node("ask")
                .after(START)
                .scope(in -> note("inner " + in.value(NOTES) + in.interrupt(OK, "inner?")))
                .node("count")
                .after("ask")
                .leaf(in -> changes()
                        .add(COUNTS, "inner")
                        .add(BEST, runs.incrementAndGet())
                        .update())
                .build();
        GraphSpec<String, State, State> spec = graph("outer")
                .node("before")
                .after(START)
                .leaf(in -> note("before"))
                .subgraph("inner", inner, edges -> edges.after("before"))
                .node("beside")
                .after("before")
                .leaf(in -> note("beside"))
                .build();

        try (var graph = open(spec)) {
            var paused = (RunResult.Interrupted<State>) graph.workflow().invoke("rain", THREAD);
            State state = graph.workflow()
                    .invoke(paused.only(OK).answer(true), THREAD)
                    .value();

            assertThat(state.notes()).containsExactly("before", "inner [before]true", "beside");
            assertThat(state.counts()).isEqualTo(Map.of("inner", 1));
            assertThat(paths(graph)).contains("node:inner#1/node:ask#1", "node:inner#1/node:count#1");
        }
    }

    @Test
    @Tag("G007")
    void aNodeCannotChangeTheStateOfOthers() {
        GraphSpec<String, State, State> spec = graph("greedy")
                .node("greedy")
                .after(START)
                .leaf(in -> {
                    try {
                        in.state().notes().add("mine");
                    } catch (UnsupportedOperationException unmodifiable) {
                        // as well
                    }
                    return note("done");
                })
                .node("next")
                .after("greedy")
                .leaf(in -> note("sees " + in.state().notes()))
                .build();

        assertThat(invoke(spec).notes()).containsExactly("done", "sees [done]");
    }

    @Test
    @Tag("G131")
    void aMissingValueFailsTheNodeAndNamesItsWriters() {
        GraphSpec<String, State, State> spec = graph("missing")
                .node("read")
                .after(START)
                .leaf(in -> note(in.required(DRAFT).text()))
                .node("write")
                .after("read")
                .writes("draft")
                .leaf(in -> changes().set(DRAFT, new Draft("d")).update())
                .build();

        assertThatThrownBy(() -> invoke(spec)).hasMessageContaining("'draft' has no value yet; it is written by write");
    }

    @Test
    void freshFromANodeFailsIt() {
        GraphSpec<String, State, State> spec = graph("freshly")
                .node("one")
                .after(START)
                .leaf(in -> changes().fresh().update())
                .build();

        assertThatThrownBy(() -> invoke(spec)).hasMessageContaining("gave fresh()");
    }

    @Test
    @Tag("G081")
    void aFailedAttemptIsMadeAgain() {
        GraphSpec<String, State, State> spec = graph("retried")
                .node("flaky")
                .after(START)
                .retry(2)
                .leaf(in -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IOException("first");
                    }
                    return note("attempt " + in.attempt());
                })
                .build();

        assertThat(invoke(spec).notes()).containsExactly("attempt 2");
    }

    @Test
    void everyPolicyOfTheGraphCountsForNodesThatSayNothing() {
        GraphSpec<String, State, State> spec = graph("defaults")
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .retryOn(IOException.class)
                        .build())
                .retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .retryOn(IllegalStateException.class)
                        .build())
                .node("flaky")
                .after(START)
                .leaf(in -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IOException("first");
                    }
                    return note("attempt " + in.attempt());
                })
                .build();

        assertThat(invoke(spec).notes()).containsExactly("attempt 2");
    }

    /** A run parked before a node was added follows what was planned, and takes the new one up afterwards. */
    @Test
    @Tag("G180")
    void aPlanThatWasRecordedHoldsWhenTheGraphHasChanged() {
        GraphSpec.Builder<String, State, State> before =
                graph("changing").node("ask").after(START).scope(in -> note("asked " + in.interrupt(OK, "go on?")));
        RunResult.Interrupted<State> paused;
        try (var graph = open(before.build())) {
            paused = (RunResult.Interrupted<State>) graph.workflow().invoke("rain", THREAD);
        }
        GraphSpec<String, State, State> after = before.build().toBuilder()
                .node("beside")
                .after(START)
                .leaf(in -> note("beside"))
                .node("next")
                .after("ask")
                .leaf(in -> note("next"))
                .build();

        try (var graph = open(after)) {
            State state = graph.workflow()
                    .invoke(paused.only(OK).answer(true), THREAD)
                    .value();

            assertThat(state.notes()).containsExactly("asked true", "next");
        }
    }

    @Test
    void aGraphIsAChildOfAWorkflowLikeAnyOther() {
        GraphSpec<String, State, State> inner = graph("child")
                .node("work")
                .after(START)
                .leaf(in -> note("worked on " + in.required(TOPIC)))
                .build();

        try (var child = open(inner);
                var graph = open(graph("caller")
                        .node("call")
                        .after(START)
                        .scope(in ->
                                note(in.invoke(child.workflow(), "snow").notes().get(0)))
                        .build())) {
            assertThat(graph.workflow().invoke("rain", THREAD).value().notes()).containsExactly("worked on snow");
        }
    }
}
