package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.Operator;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.Workflow;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a graph's thread shows, and what it makes of an input or an edit, in each status that it may be in. */
@Timeout(30)
public abstract class GraphStatusSuite extends GraphSuite {
    /** A thread for each: the common pool may have a single one, and callers wait for each other. */
    private static final Executor CALLERS = work -> new Thread(work, "caller").start();

    private static final RunConfig BEFORE_WORK = T.pauseBefore(node("work"));

    private final Gate gate = new Gate();

    @AfterEach
    void openGate() {
        gate.open();
    }

    /** {@code plan}, then {@code work}, which waits at the gate, then {@code end}. */
    private GraphSpec<String, Essay, Essay> gated() {
        return graph("gated")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("work")
                .after("plan")
                .leaf(in -> note(gate.pass("work")))
                .node("end")
                .after("work")
                .leaf(in -> note("end"))
                .build();
    }

    /** A process that can die. */
    private LabGraph process() {
        return opened(LabGraph.builder().checkpointer(new SecondDoor(store())).build());
    }

    private static Essay done(CompletableFuture<? extends RunResult<Essay>> result) throws Exception {
        return result.get(20, TimeUnit.SECONDS).value();
    }

    // --- a run that executes ---

    @Test
    @Tag("G071")
    @Tag("G095")
    void anExecutingRunShowsItsStateAndWhatIsUnderWay() throws Exception {
        GraphWorkflow<String, Essay, Essay> here = open(gated());
        CompletableFuture<RunResult<Essay>> result = here.invokeAsync("rain", T);
        gate.awaitArrival();

        for (GraphWorkflow<String, Essay, Essay> reader : List.of(here, open(gated()))) {
            // The plan of a superstep is written without waiting.
            Eventually.until(() -> reader.snapshot("t").superstep() == 1);
            StateSnapshot<Essay> now = reader.snapshot("t");
            assertThat(now.values().notes()).containsExactly("plan");
            assertThat(tasks(now)).containsExactly("work DUE");
            assertThat(reader.snapshots("t").map(StateSnapshot::superstep)).containsExactly(1, 0);
            assertThat(reader.state("t").status()).isEqualTo(ThreadStatus.RUNNING);
        }

        gate.open();
        assertThat(done(result).notes()).containsExactly("plan", "work", "end");
    }

    @Test
    void anExecutingRunIsNeitherEditedNorForkedNorGivenAnotherInput() throws Exception {
        GraphWorkflow<String, Essay, Essay> here = open(gated());
        GraphWorkflow<String, Essay, Essay> other = open(gated());
        CompletableFuture<RunResult<Essay>> result = here.invokeAsync("rain", T);
        gate.awaitArrival();
        RunConfig now = other.snapshot("t").config();

        assertThatThrownBy(() -> other.updateState(T, Essay.note("x"), node("plan")))
                .isInstanceOf(ThreadBusyException.class);
        assertThatThrownBy(() -> other.fork(now)).isInstanceOf(ThreadBusyException.class);
        assertThatThrownBy(() -> other.invoke("snow", T)).isInstanceOf(ThreadBusyException.class);

        gate.open();
        assertThat(done(result).notes()).containsExactly("plan", "work", "end");
    }

    // --- a process that dies ---

    @ParameterizedTest
    @EnumSource
    @Tag("G083")
    void aProcessThatDiesAtABreakpointLeavesItThere(Durability durability) {
        gate.open();
        RunConfig config = BEFORE_WORK.durability(durability);
        LabGraph dies = process();
        paused(dies.add(gated().workflow()).invoke("rain", config));
        dies.engine().crash();

        StateSnapshot<Essay> now = open(gated()).snapshot("t");

        assertThat(now.values().notes()).containsExactly("plan");
        assertThat(now.next()).containsExactly("work");
        assertThat(open(gated()).invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "work", "end");
        assertThat(ran).containsExactly("plan", "work", "end");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G084")
    void aProcessThatDiesBehindABreakpointMayPauseThereAgainAndEndsTheSame(Durability durability) throws Exception {
        RunConfig thread = T.durability(durability);
        paused(open(gated()).invoke("rain", BEFORE_WORK.durability(durability)));
        LabGraph dies = process();
        CompletableFuture<RunResult<Essay>> lost = dies.add(gated().workflow()).invokeAsync(Command.proceed(), thread);
        gate.awaitArrival();
        dies.engine().crash();
        gate.open();
        assertThat(lost).isCompletedExceptionally();

        GraphWorkflow<String, Essay, Essay> next = open(gated());
        RunResult<Essay> result = next.invoke(Command.proceed(), thread);
        RunResult<Essay> end =
                result instanceof RunResult.Interrupted<Essay> ? next.invoke(Command.proceed(), thread) : result;

        assertThat(end.value().notes()).containsExactly("plan", "work", "end");
        assertThat(ran.stream().filter("plan"::equals)).hasSize(1);
    }

    // --- answers that a run has not continued with ---

    @Test
    void anAnsweredRunProceedsToItsBreakpoint() {
        GraphSpec<String, Essay, Essay> spec = graph("outer")
                .node("ask")
                .after(START)
                .scope(in -> in.interrupt(OK, "sure?") ? note("yes") : note("no"))
                .subgraph("child", line(), edges -> edges.after(START))
                .node("end")
                .afterAll("ask", "child")
                .leaf(in -> note("end"))
                .build();
        paused(open(spec).invoke("rain", T.pauseBefore(node("child/write"), node("end"))));
        opened(Operator.of(new SecondDoor(store()))).answer("t", Command.resume(true));
        assertThat(open(spec).state("t").status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThatThrownBy(() -> open(spec).invoke("snow", T)).isInstanceOf(RequestRefusedException.class);

        RunResult.Interrupted<Essay> pause = paused(open(spec).invoke(Command.proceed(), T));

        assertThat(pause.breakpoint()).containsExactly(node("end"));
        assertThat(open(spec).snapshot("t").values().notes()).containsExactly("yes", "plan", "write", "polish");
        assertThat(open(spec).invoke(Command.proceed(), T).value().notes()).endsWith("end");
    }

    @Test
    void anAnsweredRunIsGivenAnotherInputIfTheCallSaysSo() {
        paused(open(fork()).invoke("rain", T));
        opened(Operator.of(new SecondDoor(store()))).answer("t", Command.resume(true));

        paused(open(fork()).invoke("snow", ABANDONING));

        assertThat(open(fork()).snapshot("t").values()).isEqualTo(new Essay("snow", List.of("plan", "plan"), null));
    }

    // --- new input in the other statuses ---

    @Test
    @Tag("G030")
    void anInputOnAThreadWhoseProcessDiedMeetsTheLastFoldedState() throws Exception {
        LabGraph dies = process();
        Workflow<String, Essay> running = dies.add(gated().workflow());
        CompletableFuture<RunResult<Essay>> lost = running.invokeAsync("rain", T);
        gate.awaitArrival();
        dies.engine().crash();
        gate.open();
        assertThat(lost).isCompletedExceptionally();
        assertThat(open(gated()).state("t").status()).isEqualTo(ThreadStatus.CRASHED);

        assertThat(open(gated()).invoke("snow", T).value())
                .isEqualTo(new Essay("snow", List.of("plan", "plan", "work", "end"), null));
    }

    @Test
    @Tag("G030")
    @Tag("G031")
    void anInputWhoseProcessDiedBeforeItWasFoldedIsShownAndMetByTheNext() throws Exception {
        AtomicInteger made = new AtomicInteger();
        GraphSpec<String, Essay, Essay> spec = GraphSpec.of("chat", Essay.STATE)
                .input(String.class, text -> {
                    if (made.incrementAndGet() == 2) {
                        held();
                    }
                    return Essay.note(text);
                })
                .node("answer")
                .after(START)
                .leaf(in -> note("answer"))
                .build();
        LabGraph dies = process();
        CompletableFuture<RunResult<Essay>> lost = dies.add(spec.workflow()).invokeAsync("rain", T);
        gate.awaitArrival();
        dies.engine().crash();
        gate.open();
        assertThat(lost).isCompletedExceptionally();

        StateSnapshot<Essay> now = open(spec).snapshot("t");
        assertThat(now.values().notes()).containsExactly("rain");
        assertThat(now.next()).containsExactly("answer");
        assertThat(open(spec).invoke("snow", T).value().notes()).containsExactly("rain", "snow", "answer");
    }

    private void held() {
        try {
            gate.pass("");
        } catch (InterruptedException dropped) {
            throw new IllegalStateException(dropped);
        }
    }

    @Test
    @Tag("G030")
    void anInputOnAStuckThreadMeetsTheLastFoldedState() throws Exception {
        LabGraph dies = process();
        dies.add(gated().workflow()).invokeAsync("rain", T);
        for (int claim = 1; claim <= 6; claim++) {
            gate.awaitArrival();
            dies.engine().crash();
            dies = process();
            dies.add(gated().workflow());
            dies.recover();
        }
        GraphWorkflow<String, Essay, Essay> next = open(gated());
        Eventually.until(() -> next.state("t").status() == ThreadStatus.STUCK);
        assertThat(next.snapshot("t").values().notes()).containsExactly("plan");
        gate.open();

        assertThat(next.invoke("snow", T).value())
                .isEqualTo(new Essay("snow", List.of("plan", "plan", "work", "end"), null));
    }

    @Test
    @Tag("G030")
    void anInputOnABlockedThreadMeetsTheLastFoldedState() {
        gate.open();
        paused(open(gated()).invoke("rain", BEFORE_WORK));
        GraphSpec<String, Essay, Essay> renamed = graph("gated")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("labour")
                .after("plan")
                .leaf(in -> note("labour"))
                .build();
        assertThatThrownBy(() -> open(renamed).invoke(Command.proceed(), T))
                .isInstanceOf(NonDeterminismException.class);
        assertThat(open(renamed).state("t").status()).isEqualTo(ThreadStatus.BLOCKED);

        assertThat(open(renamed).invoke("snow", T).value())
                .isEqualTo(new Essay("snow", List.of("plan", "plan", "labour"), null));
    }

    @Test
    @Tag("G030")
    void anInputOnASleepingThreadWaitsForItsRunOrIsRefused() {
        GraphSpec<String, Essay, Essay> spec = graph("sleeps")
                .node("plan")
                .after(START)
                .leaf(in -> note("plan"))
                .node("sleep")
                .after("plan")
                .scope(in -> {
                    in.sleep(Duration.ofDays(1));
                    return note("slept");
                })
                .build();
        var graph = opened(spec.builder()
                .checkpointer(new SecondDoor(store()))
                .parkAfter(Duration.ZERO)
                .build());
        CompletableFuture<RunResult<Essay>> sleeping = graph.workflow().invokeAsync("rain", T);
        Eventually.until(() -> graph.workflow().state("t").status() == ThreadStatus.SLEEPING);
        assertThat(tasks(graph.workflow().snapshot("t"))).containsExactly("sleep DUE");

        assertThatThrownBy(() -> open(spec).invoke("snow", T)).isInstanceOf(ThreadBusyException.class);
        assertThat(open(spec).cancel("t")).isTrue();

        assertThatThrownBy(sleeping::join).isInstanceOf(CompletionException.class);
        assertThat(open(spec).snapshot("t").values().notes()).containsExactly("plan");
    }

    // --- edits at the same time ---

    @Test
    void editsOfTwoProcessesAtOnceAllCountOrAreRefused() throws Exception {
        paused(open(line()).invoke("rain", T.pauseBefore(node("write"))));
        List<String> made = new ArrayList<>(List.of("plan"));
        for (int round = 0; round < 8; round++) {
            CyclicBarrier together = new CyclicBarrier(2);
            String here = "a" + round;
            String there = "b" + round;
            CompletableFuture<Boolean> first = edited(together, here);
            boolean second = edited(together, there).get(20, TimeUnit.SECONDS);
            assertThat(first.get(20, TimeUnit.SECONDS) || second).isTrue();
            if (first.join()) {
                made.add(here);
            }
            if (second) {
                made.add(there);
            }
        }

        assertThat(open(line()).snapshot("t").values().notes()).containsExactlyInAnyOrderElementsOf(made);
        made.addAll(List.of("write", "polish"));
        assertThat(open(line()).invoke(Command.proceed(), T).value().notes()).containsExactlyInAnyOrderElementsOf(made);
    }

    private CompletableFuture<Boolean> edited(CyclicBarrier together, String text) {
        GraphWorkflow<String, Essay, Essay> process = open(line());
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        together.await(10, TimeUnit.SECONDS);
                        process.updateState(T, Essay.note(text), node("plan"));
                        return true;
                    } catch (ThreadBusyException | RequestRefusedException refused) {
                        return false;
                    } catch (Exception broken) {
                        throw new CompletionException(broken);
                    }
                },
                CALLERS);
    }

    @Test
    void anEditAndACallThatProceedsAtOnceLoseNothing() throws Exception {
        for (int round = 0; round < 8; round++) {
            RunConfig thread = RunConfig.thread("t" + round);
            paused(open(line()).invoke("rain", thread.pauseBefore(node("write"))));
            CyclicBarrier together = new CyclicBarrier(2);
            GraphWorkflow<String, Essay, Essay> editor = open(line());
            GraphWorkflow<String, Essay, Essay> caller = open(line());
            CompletableFuture<Boolean> edited = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            together.await(10, TimeUnit.SECONDS);
                            editor.updateState(thread, Essay.note("by hand"), node("plan"));
                            return true;
                        } catch (ThreadBusyException | RequestRefusedException refused) {
                            return false;
                        } catch (Exception broken) {
                            throw new CompletionException(broken);
                        }
                    },
                    CALLERS);
            together.await(10, TimeUnit.SECONDS);
            caller.invoke(Command.proceed(), thread);
            boolean isEdited = edited.get(20, TimeUnit.SECONDS);

            open(line()).invoke(Command.proceed(), thread);
            assertThat(open(line()).snapshot("t" + round).values().notes())
                    .contains("plan", "write", "polish")
                    .hasSizeBetween(3, 6)
                    .filteredOn("by hand"::equals)
                    .hasSize(isEdited ? 1 : 0);
        }
    }
}
