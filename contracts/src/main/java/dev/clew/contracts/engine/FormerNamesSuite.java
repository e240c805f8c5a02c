package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepState;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workflows and tasks whose former names are given find what was stored under them. */
@Timeout(60)
public abstract class FormerNamesSuite extends EngineSuite {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final InterruptKey<String, String> ASK = InterruptKey.of("ask", String.class, String.class);

    private Checkpointer store;
    private final Lab calls = new Lab(null, Durability.SYNC);

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    private LabGraph graph(Durability durability) {
        return opened(
                LabGraph.builder().durability(durability).checkpointer(store).build());
    }

    private WorkflowSpec<String, String> spec(String name, Lab.Body body, String... formerly) {
        return WorkflowSpec.of(name, TEXT, TEXT)
                .formerly(formerly)
                .body(call -> body.run(call.<String>arg(0), calls.calls(call.scope()), call.run()));
    }

    private static String asks(String input, Lab.Calls calls, dev.clew.flow.Run run) {
        return calls.task("make", input, s -> s + "!").join() + run.interrupt(ASK, "well?");
    }

    /** Pauses a thread of the workflow under its old name. */
    private void parked(Durability durability, Lab.Body body) {
        try (LabGraph before = graph(durability)) {
            before.add(spec("Old.run", body)).invoke("x", T);
        }
    }

    private ThreadRecord thread() {
        return store.thread("t").orElseThrow();
    }

    // --- workflows ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aThreadOfTheOldNameIsReadAnsweredAndRunAgainByTheRenamedWorkflow(Durability durability) {
        parked(durability, FormerNamesSuite::asks);
        LabGraph graph = graph(durability);
        Workflow<String, String> renamed = graph.add(spec("New.run", FormerNamesSuite::asks, "Older.run", "Old.run"));

        assertThat(renamed.state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(renamed.history(T)).isNotEmpty();
        assertThat(renamed.invoke(renamed.state(T).only(ASK).answer("A"), T).value())
                .isEqualTo("x!A");
        assertThat(thread().workflow()).isEqualTo("Old.run");
        assertThat(graph.threads(ThreadQuery.all().workflow("Old.run"))).hasSize(1);

        renamed.invoke("y", T);
        assertThat(thread().workflow()).isEqualTo("New.run");
        assertThat(renamed.invoke(Command.resume("B"), T).value()).isEqualTo("y!B");
        assertThat(calls.ran()).containsExactly("make", "make");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anotherWorkflowStillIsRefused(Durability durability) {
        parked(durability, FormerNamesSuite::asks);
        Workflow<String, String> other = graph(durability).add(spec("Other.run", FormerNamesSuite::asks));

        assertThatThrownBy(() -> other.state(T)).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> other.invoke("y", T)).isInstanceOf(RequestRefusedException.class);
        assertThat(other.cancel("t")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void recoverContinuesWhatWasAnsweredUnderTheOldName(Durability durability) {
        parked(durability, FormerNamesSuite::asks);
        try (Operator operator = Operator.of(store)) {
            operator.answer("t", Command.resume("A"));
        }
        LabGraph graph = graph(durability);
        graph.add(spec("New.run", FormerNamesSuite::asks, "Old.run"));

        var recovery = graph.recover();

        assertThat(recovery.unknown()).isEmpty();
        assertThat(recovery.runs()).hasSize(1);
        assertThat(recovery.runs().get(0).result().join()).isInstanceOf(RunResult.Completed.class);
        assertThat(calls.ran()).containsExactly("make");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void recoverLeavesAloneWhatNoWorkflowNames(Durability durability) {
        parked(durability, FormerNamesSuite::asks);
        try (Operator operator = Operator.of(store)) {
            operator.answer("t", Command.resume("A"));
        }
        LabGraph graph = graph(durability);
        graph.add(spec("New.run", FormerNamesSuite::asks));

        assertThat(graph.recover().unknown())
                .extracting(ThreadSummary::workflow)
                .containsExactly("Old.run");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aThreadOfTheOldNameIsCancelledForkedAndRetained(Durability durability) {
        parked(durability, FormerNamesSuite::asks);
        LabGraph graph = graph(durability);
        Workflow<String, String> renamed = graph.add(spec("New.run", FormerNamesSuite::asks, "Old.run"));

        RunConfig branch = renamed.fork(T);
        assertThat(renamed.invoke(Command.proceed(), branch)).isInstanceOf(Interrupted.class);
        assertThat(renamed.cancel("t")).isTrue();
        assertThat(renamed.state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(graph.keepLast(1)).isEqualTo(1);
    }

    @Test
    void twoWorkflowsCannotShareANameOfNowOrThen() {
        LabGraph graph = graph(Durability.SYNC);
        graph.add(spec("New.run", FormerNamesSuite::asks, "Old.run"));

        assertThatThrownBy(() -> graph.add(spec("Old.run", FormerNamesSuite::asks)))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("Old.run");
        assertThatThrownBy(() -> graph(Durability.SYNC).add(spec("A.run", FormerNamesSuite::asks, "New.run")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("formerly");
        assertThatThrownBy(() -> graph.add(spec("B.run", FormerNamesSuite::asks, "Old.run")))
                .isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> spec("C.run", FormerNamesSuite::asks, " ")).isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> spec("C.run", FormerNamesSuite::asks, "C.run")).isInstanceOf(ClewException.class);
    }

    // --- tasks ---

    private static UnaryOperator<dev.clew.spi.TaskSpec.Builder<String>> formerly(String... names) {
        return task -> task.formerly(names);
    }

    /** Three calls of one task and a scope with a task in it, then a question. */
    private static String before(String input, Lab.Calls calls, dev.clew.flow.Run run) {
        String made = calls.task("make", input, s -> s + "1").join();
        made = calls.task("make", made, s -> s + "2").join();
        made = calls.scope(
                        "around",
                        made,
                        (in, c, r) -> c.task("inner", in, s -> s + "3").join())
                .join();
        return made + run.interrupt(ASK, "well?");
    }

    private static String after(String input, Lab.Calls calls, dev.clew.flow.Run run) {
        String made = calls.task("build", formerly("make"), input, s -> s + "1").join();
        made = calls.task("build", formerly("make"), made, s -> s + "2").join();
        made = calls.scope(
                        "outer",
                        formerly("around"),
                        made,
                        (in, c, r) -> c.task("core", formerly("inner"), in, s -> s + "3")
                                .join())
                .join();
        String answer = run.interrupt(ASK, "well?");
        String last = calls.task("build", formerly("make"), made + answer, s -> s + "4")
                .join();
        return last + run.interrupt(ASK, "sure?");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void stepsOfTheOldNameAreFoundUnderTheNewOneAndCountedTogether(Durability durability) {
        parked(durability, FormerNamesSuite::before);
        Workflow<String, String> renamed = graph(durability).add(spec("New.run", FormerNamesSuite::after, "Old.run"));

        renamed.invoke(Command.resume("A"), T);

        assertThat(renamed.state(T).steps())
                .extracting(StepState::path)
                .contains("task:make#1", "task:make#2", "task:around#1/task:inner#1", "task:build#3")
                .doesNotContain("task:build#1", "task:outer#1");
        assertThat(renamed.invoke(Command.resume("B"), T).value()).isEqualTo("x123A4B");
        assertThat(calls.ran("make") + calls.ran("build")).isEqualTo(3);
        assertThat(calls.ran("inner") + calls.ran("core")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void twoOldTasksThatBecameOneAreFoundInTheirOrder(Durability durability) {
        parked(durability, (input, c, run) -> {
            String made = c.task("b", input, s -> s + "1").join();
            made = c.task("a", made, s -> s + "2").join();
            made = c.task("b", made, s -> s + "3").join();
            return made + run.interrupt(ASK, "well?");
        });
        Lab.Body merged = (input, c, run) -> {
            String made = input;
            for (int i = 1; i <= 3; i++) {
                int n = i;
                made = c.task("one", formerly("a", "b"), made, s -> s + n).join();
            }
            return made + run.interrupt(ASK, "well?");
        };
        Workflow<String, String> renamed = graph(durability).add(spec("New.run", merged, "Old.run"));

        assertThat(renamed.invoke(Command.resume("A"), T).value()).isEqualTo("x123A");
        assertThat(calls.ran("one")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailedStepOfTheOldNameRunsAgainUnderTheNewOne(Durability durability) {
        try (LabGraph before = graph(durability)) {
            Workflow<String, String> failing = before.add(spec("Old.run", (input, c, run) -> {
                String made = c.task("make", input, s -> s + "1").join();
                return c.task("break", made, s -> {
                            throw new IllegalStateException("broken");
                        })
                        .join();
            }));
            assertThatThrownBy(() -> failing.invoke("x", T)).isInstanceOf(ClewException.class);
        }
        Lab.Body fixed = (input, c, run) -> {
            String made = c.task("build", formerly("make"), input, s -> s + "1").join();
            return c.task("fix", formerly("break"), made, s -> s + "2").join();
        };
        Workflow<String, String> renamed = graph(durability).add(spec("New.run", fixed, "Old.run"));

        assertThat(renamed.invoke(Command.proceed(), T).value()).isEqualTo("x12");
        assertThat(calls.ran("build")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRenameWithoutTheFormerNameIsAMismatch(Durability durability) {
        parked(durability, FormerNamesSuite::asks);
        Lab.Body renamedOnly =
                (input, c, run) -> c.task("build", input, s -> s + "!").join() + run.interrupt(ASK, "well?");
        Workflow<String, String> renamed = graph(durability).add(spec("Old.run", renamedOnly));

        assertThatThrownBy(() -> renamed.invoke(Command.resume("A"), T)).isInstanceOf(NonDeterminismException.class);
        assertThat(renamed.state(T).status()).isEqualTo(ThreadStatus.BLOCKED);
    }

    // --- children ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRenamedChildFindsItsStepsAndItsOwnThread(Durability durability) {
        RunConfig own = RunConfig.thread("own");
        try (LabGraph before = graph(durability)) {
            var child = before.add(spec("OldChild.run", FormerNamesSuite::asks));
            before.add(spec("Old.run", (input, c, run) -> {
                        var apart = run.child(child).on(own).start("apart");
                        return run.invoke(child, input) + apart.join();
                    }))
                    .invoke("x", T);
        }
        LabGraph graph = graph(durability);
        var child = graph.add(spec("NewChild.run", FormerNamesSuite::asks, "OldChild.run"));
        var parent = graph.add(spec(
                "New.run",
                (input, c, run) -> {
                    var apart = run.child(child).on(own).start("apart");
                    return run.invoke(child, input) + apart.join();
                },
                "Old.run"));

        assertThat(child.invoke(Command.resume("B"), own).value()).isEqualTo("apart!B");
        assertThat(parent.invoke(Command.resume("A"), T).value()).isEqualTo("x!Aapart!B");
        assertThat(calls.ran("make")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRenamedChildKeepsItsMemory(Durability durability) {
        try (LabGraph before = graph(durability)) {
            var child = before.add(counting("OldChild.run"));
            var parent = before.add(spec("Old.run", (input, c, run) -> run.invoke(child, input)));
            assertThat(parent.invoke("a", T).value()).isEqualTo("null,a");
        }
        LabGraph graph = graph(durability);
        var child = graph.add(counting("NewChild.run", "OldChild.run"));
        var parent = graph.add(spec("New.run", (input, c, run) -> run.invoke(child, input), "Old.run"));

        assertThat(parent.invoke("b", T).value()).isEqualTo("null,a,b");
        assertThat(parent.invoke("c", T).value()).isEqualTo("null,a,b,c");
    }

    private static WorkflowSpec<String, String> counting(String name, String... formerly) {
        return WorkflowSpec.of(name, TEXT, TEXT)
                .formerly(formerly)
                .previous(TEXT)
                .childMemory()
                .body(call -> call.<String>previous() + "," + call.<String>arg(0));
    }

    @Test
    void aSleepingThreadOfTheOldNameWakesWhenItIsDue() throws Exception {
        SteppedWorld old = new SteppedWorld();
        store = newStore(old);
        Lab.Body sleeps = (input, c, run) -> {
            run.sleep(Duration.ofSeconds(50));
            return input + "!";
        };
        try (LabGraph before = opened(LabGraph.builder()
                .checkpointer(store)
                .durability(Durability.SYNC)
                .parkAfter(Duration.ofMillis(1))
                .world(old)
                .build())) {
            before.add(spec("Old.run", sleeps)).invokeAsync("x", T);
            Eventually.until(() -> store.thread("t")
                    .filter(t -> t.status() == ThreadStatus.SLEEPING)
                    .isPresent());
        }
        SteppedWorld world = new SteppedWorld(old.clock());
        LabGraph graph = opened(LabGraph.lease(LabGraph.builder(), SteppedWorld.LEASE)
                .checkpointer(store)
                .world(world)
                .build());
        Workflow<String, String> renamed = graph.add(spec("New.run", sleeps, "Old.run"));

        graph.recover();
        CompletableFuture<RunResult<String>> result =
                renamed.invokeAsync("x", T.runId(String.valueOf(thread().head().runId())));

        // The alarm may be set a moment later.
        Eventually.until(() -> {
            world.advance(Duration.ofSeconds(50));
            return result.isDone();
        });
        assertThat(result.join().value()).isEqualTo("x!");
    }
}
