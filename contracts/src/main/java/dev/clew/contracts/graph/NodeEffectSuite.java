package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.effect.EffectFailedException;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.effect.UnknownOutcomeException;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.NodeInput;
import dev.clew.graph.OnceNode;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.CachePolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a node whose effect must not happen twice. */
@Timeout(30)
public abstract class NodeEffectSuite extends GraphSuite {
    static final InterruptKey<UnknownOutcome, Resolution<String>> OUTCOME =
            InterruptKey.of("pay.outcome", TypeRef.of(UnknownOutcome.class), new TypeRef<Resolution<String>>() {});
    private static final TypeRef<Optional<String>> FOUND = new TypeRef<Optional<String>>() {};

    /** Says that nothing was booked. */
    public static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The outside world: what was booked, by effect id. */
    private final Map<String, String> booked = new ConcurrentHashMap<>();

    /** Each beginning of the body: the attempt and the effect's id. */
    private final List<String> begun = new CopyOnWriteArrayList<>();

    /** A body. */
    @FunctionalInterface
    private interface Pay {
        String pay(NodeInput<Essay, @Nullable Void> in) throws Exception;
    }

    private String book(NodeInput<Essay, @Nullable Void> in) {
        String before =
                booked.putIfAbsent(in.effectId(), "receipt of " + in.state().topic());
        assertThat(before).as("booked twice").isNull();
        return "receipt of " + in.state().topic();
    }

    private OnceNode<String, Essay, Essay, @Nullable Void, String> once(GraphSpec.Builder<String, Essay, Essay> graph) {
        return graph.node("draw")
                .after(START)
                .leaf(in -> note("drawn"))
                .node("pay")
                .after("draw")
                .onErrorLeaf(in -> note("handled " + in.failure().type()))
                .once(OUTCOME, Essay::note);
    }

    private GraphSpec<String, Essay, Essay> paying(
            OnceNode<String, Essay, Essay, @Nullable Void, String> node, Pay body) {
        return node.shows(in -> List.of(String.valueOf(in.state().topic())))
                .leaf(in -> {
                    begun.add(in.attempt() + " " + in.effectId());
                    return Essay.note(body.pay(in));
                })
                .node("end")
                .after("pay")
                .scope(in -> note(in.interrupt(OK, "done?") ? "done" : "no"))
                .build();
    }

    private GraphSpec<String, Essay, Essay> asking(Pay body) {
        return paying(once(graph("pays")), body);
    }

    private GraphSpec<String, Essay, Essay> reconciling(Pay body) {
        return paying(
                once(graph("pays"))
                        .notDone(Declined.class)
                        .settle(Duration.ZERO)
                        .reconcile(FOUND, in -> Optional.ofNullable(booked.get(in.effectId()))),
                body);
    }

    private RunResult<Essay> afterADeath(GraphSpec<String, Essay, Essay> spec, Durability durability, CountDownLatch at)
            throws Exception {
        LabGraph dies =
                opened(LabGraph.builder().checkpointer(new SecondDoor(store())).build());
        dies.add(spec.workflow()).invokeAsync("rain", T.durability(durability).runId("r"));
        at.await();
        dies.engine().crash();
        CompiledGraph<String, Essay, Essay> other =
                opened(spec.builder().checkpointer(new SecondDoor(store())).build());
        @SuppressWarnings("unchecked") // the graph has one workflow
        RunResult<Essay> recovered =
                (RunResult<Essay>) other.recover().run("t").orElseThrow().join();
        return recovered;
    }

    private static PendingInterrupt<UnknownOutcome, Resolution<String>> question(RunResult<Essay> result) {
        return paused(result).all(OUTCOME).get(0);
    }

    private static List<String> notes(GraphWorkflow<String, Essay, Essay> workflow) {
        return workflow.snapshot("t").values().notes();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nodeThatWasKilledAfterItActedIsReconciledByAnotherGraph(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        GraphSpec<String, Essay, Essay> spec = reconciling(in -> {
            String receipt = book(in);
            reached.countDown();
            never.await();
            return receipt;
        });

        RunResult.Interrupted<Essay> pause = paused(afterADeath(spec, durability, reached));

        assertThat(notes(open(spec))).containsExactly("drawn", "receipt of rain");
        assertThat(begun).containsExactly("1 t/r/node:pay#1/node:pay#1");
        assertThat(ran).as("what led to it is durable").containsExactly("drawn");
        RunResult<Essay> done = open(spec).invoke(pause.only(OK).answer(true), T);
        assertThat(done.value().notes()).containsExactly("drawn", "receipt of rain", "done");
        assertThat(begun).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nodeThatWasKilledBeforeItActedBeginsAgainUnderTheSameEffectId(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        GraphSpec<String, Essay, Essay> spec = reconciling(in -> {
            if (in.attempt() == 1) {
                reached.countDown();
                never.await(); // interrupted as its process dies
            }
            return book(in);
        });

        RunResult<Essay> recovered = afterADeath(spec, durability, reached);

        assertThat(recovered).isInstanceOf(RunResult.Interrupted.class);
        assertThat(notes(open(spec))).containsExactly("drawn", "receipt of rain");
    }

    @Test
    void personIsAskedAndTheHandlerNeverSeesAnUnknownOutcome() {
        GraphSpec<String, Essay, Essay> spec = asking(in -> {
            throw new IOException("no answer");
        });

        PendingInterrupt<UnknownOutcome, Resolution<String>> question =
                question(open(spec).invoke("rain", T.runId("r")));

        assertThat(question.value().step()).isEqualTo("node:pay#1/node:pay#1");
        assertThat(question.value().why()).contains("no answer");
        assertThat(question.value().arguments()).containsExactly("rain");
        RunResult<Essay> after = open(spec).invoke(question.answer(Resolution.succeeded("found by hand")), T);
        assertThat(after).isInstanceOf(RunResult.Interrupted.class);
        assertThat(notes(open(spec))).containsExactly("drawn", "found by hand");
        assertThat(begun).hasSize(1);
    }

    @Test
    void handlerStandsInForANodeThatAPersonSaysHasFailed() {
        GraphSpec<String, Essay, Essay> spec = asking(in -> {
            throw new IOException("no answer");
        });
        var question = question(open(spec).invoke("rain", T));

        RunResult<Essay> after = open(spec).invoke(question.answer(Resolution.failed("declined")), T);

        assertThat(after).isInstanceOf(RunResult.Interrupted.class);
        assertThat(notes(open(spec))).containsExactly("drawn", "handled " + EffectFailedException.class.getName());
    }

    @Test
    void handlerStandsInForANodeThatSaysThatNothingWasDone() {
        GraphSpec<String, Essay, Essay> spec = reconciling(in -> {
            throw new Declined();
        });

        RunResult<Essay> after = open(spec).invoke("rain", T);

        assertThat(after).isInstanceOf(RunResult.Interrupted.class);
        assertThat(notes(open(spec))).containsExactly("drawn", "handled " + Declined.class.getName());
    }

    @Test
    void withoutACheckpointerAnUnknownOutcomeFailsTheRunPastTheHandler() {
        GraphSpec<String, Essay, Essay> spec = asking(in -> {
            throw new IOException("no answer");
        });
        CompiledGraph<String, Essay, Essay> graph = opened(spec.builder().build());

        assertThatThrownBy(() -> graph.workflow().invoke("rain", RunConfig.none()))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(UnknownOutcomeException.isIn(failed.failure()))
                                .isTrue())
                .hasMessageContaining("no answer");
        assertThat(ran).containsExactly("drawn");
    }

    @Test
    void forkThatWouldRunTheNodeAgainIsRefusedUnlessItIsWanted() {
        GraphSpec<String, Essay, Essay> spec = reconciling(this::book);
        GraphWorkflow<String, Essay, Essay> workflow = open(spec);
        workflow.invoke("rain", T);
        StateSnapshot<Essay> before = workflow.snapshots("t")
                .filter(snapshot -> snapshot.superstep() == 1)
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> workflow.fork(before.config()))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.REPEATED_EFFECT));

        workflow.invoke(Command.proceed(), workflow.fork(before.config().repeatEffects()));
        assertThat(booked).hasSize(2);
    }

    @Test
    void anEffectInAGraphInANodeIsFoundToo() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        GraphSpec<String, Essay, Essay> inner = reconciling(in -> {
            String receipt = book(in);
            reached.countDown();
            never.await();
            return receipt;
        });
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .subgraph("child", inner, edges -> edges.after(START))
                .build();

        RunResult.Interrupted<Essay> pause = paused(afterADeath(outer, Durability.ASYNC, reached));

        assertThat(open(outer).invoke(pause.only(OK).answer(true), T).value().notes())
                .contains("receipt of rain");
        assertThat(begun).hasSize(1);
    }

    @Test
    void aCachedNodeIsNotOnce() {
        assertThatThrownBy(() -> graph("pays")
                        .node("pay")
                        .after(START)
                        .cache(CachePolicy.of("1"))
                        .once(OUTCOME, Essay::note))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'pay' is ONCE");
    }
}
