package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.effect.Resolution;
import dev.clew.effect.UndoDecision;
import dev.clew.effect.UndoFailed;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.EffectBody;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.NodeInput;
import dev.clew.graph.OnceNode;
import dev.clew.graph.UndoBody;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What undoes the run of a graph whose nodes act outside. */
@Timeout(30)
public abstract class NodeUndoSuite extends GraphSuite {
    private static final InterruptKey<UnknownOutcome, Resolution<String>> OUTCOME =
            InterruptKey.of("pay.outcome", TypeRef.of(UnknownOutcome.class), new TypeRef<Resolution<String>>() {});
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final TypeRef<Optional<String>> FOUND = new TypeRef<Optional<String>>() {};

    /** The outside world: what is booked, by effect id. */
    private final Map<String, String> booked = new ConcurrentHashMap<>();

    /** What was undone, in that order. */
    private final List<String> undone = new CopyOnWriteArrayList<>();

    private String book(String what, NodeInput<Essay, @Nullable Void> in) {
        String ticket = what + " for " + in.state().topic();
        assertThat(booked.putIfAbsent(in.effectId(), ticket)).as("booked twice").isNull();
        return ticket;
    }

    private UndoBody<NodeInput<Essay, @Nullable Void>, Optional<String>> cancel(String what) {
        return (in, known) -> {
            undone.add(what + " for " + in.state().topic() + ": " + known.orElse("nothing known"));
            booked.remove(in.effectId());
        };
    }

    /** Draws, books a seat, and pays. */
    private OnceNode<String, Essay, Essay, @Nullable Void, String> paying(
            String name, UndoBody<NodeInput<Essay, @Nullable Void>, Optional<String>> release) {
        return graph(name)
                .node("draw")
                .after(START)
                .leaf(in -> note("drawn"))
                .node("seat")
                .after("draw")
                .undoable((String ticket) -> note(ticket))
                .undo(FOUND, release)
                .gives(TEXT, in -> book("seat", in))
                .node("pay")
                .after("seat")
                .once(OUTCOME, Essay::note)
                .settle(Duration.ZERO)
                .reconcile(FOUND, in -> Optional.ofNullable(booked.get(in.effectId())))
                .undo(FOUND, cancel("fee"));
    }

    private GraphSpec<String, Essay, Essay> asking(
            OnceNode<String, Essay, Essay, @Nullable Void, String> pay,
            EffectBody<NodeInput<Essay, @Nullable Void>, String> body) {
        return pay.gives(TEXT, body)
                .node("end")
                .after("pay")
                .scope(in -> note(in.interrupt(OK, "done?") ? "done" : "no"))
                .build();
    }

    private GraphSpec<String, Essay, Essay> asking() {
        return asking(paying("pays", cancel("seat")), in -> book("fee", in));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nodesAreUndoneInReverseOrderWithWhatTheyGave(Durability durability) {
        open(asking()).invoke("rain", T.durability(durability).runId("r"));
        assertThat(open(asking()).snapshot("t").values().notes())
                .containsExactly("drawn", "seat for rain", "fee for rain");
        assertThat(booked.keySet())
                .containsExactlyInAnyOrder("t/r/node:seat#1/task:seat#1", "t/r/node:pay#1/task:pay#1");

        RunResult<Essay> result = open(asking()).invoke(Command.undo(), T);

        assertThat(result).isEqualTo(new RunResult.Undone<Essay>("t", "r"));
        assertThat(undone).containsExactly("fee for rain: fee for rain", "seat for rain: seat for rain");
        assertThat(booked).isEmpty();
        assertThat(open(asking()).state("t").status()).isEqualTo(ThreadStatus.UNDONE);
    }

    @Test
    void nodesThatRunOnAfterAQuestionAreNotExecutedAgain() {
        RunResult<Essay> pause = open(asking()).invoke("rain", T);

        RunResult<Essay> done = open(asking()).invoke(paused(pause).only(OK).answer(true), T);

        assertThat(done.value().notes()).containsExactly("drawn", "seat for rain", "fee for rain", "done");
        assertThat(booked).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void undoWhoseProcessDiesIsContinuedByAnotherOne(Durability durability) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean dies = new AtomicBoolean(true);
        GraphSpec<String, Essay, Essay> spec = asking(
                paying("pays", (in, known) -> {
                    if (dies.getAndSet(false)) {
                        reached.countDown();
                        never.await();
                    }
                    cancel("seat").undo(in, known);
                }),
                in -> book("fee", in));
        open(spec).invoke("rain", T.durability(durability));
        LabGraph dying =
                opened(LabGraph.builder().checkpointer(new SecondDoor(store())).build());
        dying.add(spec.workflow()).invokeAsync(Command.undo(), T);
        reached.await();
        dying.engine().crash();

        CompiledGraph<String, Essay, Essay> other =
                opened(spec.builder().checkpointer(new SecondDoor(store())).build());
        RunResult<?> recovered = other.recover().run("t").orElseThrow().join();

        assertThat(recovered).isInstanceOf(RunResult.Undone.class);
        assertThat(undone).containsExactly("fee for rain: fee for rain", "seat for rain: seat for rain");
        assertThat(booked).isEmpty();
    }

    @Test
    void unknownOutcomeIsSettledBeforeItIsUndone() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        GraphSpec<String, Essay, Essay> spec = asking(paying("pays", cancel("seat")), in -> {
            String fee = book("fee", in);
            reached.countDown();
            never.await();
            return fee;
        });
        LabGraph dying =
                opened(LabGraph.builder().checkpointer(new SecondDoor(store())).build());
        dying.add(spec.workflow()).invokeAsync("rain", T);
        reached.await();
        dying.engine().crash();
        CompiledGraph<String, Essay, Essay> other =
                opened(spec.builder().checkpointer(new SecondDoor(store())).build());
        other.workflow().cancel("t");

        assertThat(other.workflow().invoke(Command.undo(), T)).isInstanceOf(RunResult.Undone.class);

        assertThat(undone).containsExactly("fee for rain: fee for rain", "seat for rain: seat for rain");
        assertThat(booked).isEmpty();
    }

    @Test
    void nodeThatFailedIsUndoneAsPerhapsHavingActed() {
        GraphSpec<String, Essay, Essay> spec = graph("fails")
                .node("seat")
                .after(START)
                .undoable((String ticket) -> note(ticket))
                .undo(FOUND, cancel("seat"))
                .gives(TEXT, in -> {
                    String unused = book("seat", in);
                    throw new IOException("no answer");
                })
                .build();
        assertThatThrownBy(() -> open(spec).invoke("rain", T)).isInstanceOf(WorkflowFailedException.class);

        open(spec).invoke(Command.undo(), T);

        assertThat(undone).containsExactly("seat for rain: nothing known");
        assertThat(booked).isEmpty();
    }

    @Test
    void nodeWithAHandlerAndOneInAGraphInANodeAreUndoneToo() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .node("hold")
                .after(START)
                .onErrorLeaf(in -> note("handled"))
                .undoable((String ticket) -> note(ticket))
                .undo(FOUND, cancel("hold"))
                .gives(TEXT, in -> book("hold", in))
                .subgraph("child", asking(), edges -> edges.after("hold"))
                .build();
        open(outer).invoke("rain", T);
        assertThat(booked).hasSize(3);

        open(outer).invoke(Command.undo(), T);

        assertThat(undone)
                .containsExactly(
                        "fee for rain: fee for rain", "seat for rain: seat for rain", "hold for rain: hold for rain");
        assertThat(booked).isEmpty();
    }

    @Test
    void whatUndoesANodeGetsWhatItReadsAndWhetherItActed() {
        GraphSpec<String, Essay, Essay> spec = graph("locks")
                .node("lock")
                .after(START)
                .reads("topic")
                .undoable((Void nothing) -> null)
                .undo((in, acted) -> undone.add(in.value(Essay.TOPIC) + " " + acted))
                .gives(TypeRef.of(Void.class), in -> null)
                .node("end")
                .after("lock")
                .scope(in -> note(in.interrupt(OK, "done?") ? "done" : "no"))
                .build();
        open(spec).invoke("rain", T);

        open(spec).invoke(Command.undo(), T);

        assertThat(undone).containsExactly("rain true");
    }

    @Test
    void undoThatFailsForGoodAsks() {
        AtomicBoolean fails = new AtomicBoolean(true);
        GraphSpec<String, Essay, Essay> spec = asking(
                paying("pays", (in, known) -> {
                    if (fails.get()) {
                        throw new IOException("closed");
                    }
                    cancel("seat").undo(in, known);
                }),
                in -> book("fee", in));
        open(spec).invoke("rain", T.runId("r"));

        var question = paused(open(spec).invoke(Command.undo(), T)).only(UndoFailed.KEY);
        assertThat(question.value().step()).isEqualTo("node:seat#1/task:seat#1");
        fails.set(false);
        RunResult<Essay> end = open(spec).invoke(question.answer(UndoDecision.again()), T);

        assertThat(end).isInstanceOf(RunResult.Undone.class);
        assertThat(booked).isEmpty();
    }

    @Test
    void descriptionsThatCannotBeUndoneAreRefused() {
        var cached = graph("cached")
                .node("seat")
                .after(START)
                .cache(CachePolicy.of("1"))
                .undoable((String ticket) -> note(ticket));
        assertThatThrownBy(() -> cached.undo(FOUND, cancel("seat")))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("'seat' has undo");
        assertThatThrownBy(() -> paying("leaf", cancel("seat")).leaf(in -> note("x")))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("end it with gives(…)");
        assertThatThrownBy(() -> graph("none")
                        .node("seat")
                        .after(START)
                        .undoable((String ticket) -> note(ticket))
                        .gives(TEXT, in -> "seat"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("nothing undoes the node 'seat'");
    }
}
