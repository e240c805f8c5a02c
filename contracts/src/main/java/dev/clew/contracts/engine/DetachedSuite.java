package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskCancelledException;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Child workflows on threads of their own. */
public abstract class DetachedSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final RunConfig OWN = RunConfig.thread("own");

    private final AtomicReference<Workflow<String, String>> child = new AtomicReference<>();
    private Lab.Body childBody =
            (input, calls, run) -> calls.task("inner", input, s -> s + "!").join();

    /** A lab whose graph has the child, too, after every restart. */
    private Lab lab(Checkpointer store, Durability durability) {
        Lab lab = new Lab(store, durability) {
            @Override
            protected void opened() {
                child.set(graph().add(childSpec(this)));
            }
        };
        return opened(lab)
                .body((input, calls, run) ->
                        run.child(child.get()).on(OWN).start(input).join());
    }

    @Override
    protected Lab lab(Durability durability) throws Exception {
        return lab(newStore(), durability);
    }

    private WorkflowSpec<String, String> childSpec(Lab lab) {
        return WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .body(call -> childBody.run(call.arg(0), lab.calls(call.scope()), call.run()));
    }

    private static String value(CompletableFuture<RunResult<String>> result) throws Exception {
        return result.get(20, TimeUnit.SECONDS).value();
    }

    private Interrupted<String> childAsks(Workflow<String, String> workflow) {
        Eventually.until(() -> workflow.state("own").status() == ThreadStatus.INTERRUPTED);
        return (Interrupted<String>) workflow.invoke(Command.proceed(), OWN);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void hasAThreadOfItsOwn(Durability durability) throws Exception {
        Lab lab = lab(durability);

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("a!");
        assertThat(child.get().state("own").value()).isEqualTo("a!");
        assertThat(child.get().state("own").steps()).extracting(StepState::path).containsExactly("task:inner#1");
        assertThat(lab.workflow().state(T).steps()).extracting(StepState::path).containsExactly("child:Lab.child#1");
        assertThat(child.get().history("own").get(0).metadata())
                .containsEntry("clew.parent", "t/" + lab.workflow().state(T).runId() + "/child:Lab.child#1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runsBesideOthersAndBesideTasks(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> one =
                    run.child(child.get()).on(RunConfig.thread("one")).start("a");
            TaskFuture<String> two =
                    run.child(child.get()).on(RunConfig.thread("two")).start("b");
            TaskFuture<String> inside = run.child(child.get()).start("c");
            String inTask = calls.scope(
                            "outer",
                            "d",
                            (in, c, r) -> r.child(child.get())
                                    .on(RunConfig.thread("four"))
                                    .start(in)
                                    .join())
                    .join();
            return String.join(" ", TaskFuture.allOf(one, two, inside)) + " " + inTask;
        });

        assertThat(lab.workflow().invoke("-", T).value()).isEqualTo("a! b! c! d!");
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void isJoinedAndNotStartedAgainAfterACrash(Durability durability) throws Exception {
        Gate gate = new Gate();
        childBody = (input, calls, run) -> {
            String first = calls.task("first", input, s -> s + "1").join();
            return calls.task("second", first, gate::pass).join();
        };
        Lab lab = lab(durability);
        lab.workflow().invokeAsync("a", T);
        gate.awaitArrival();
        String childRun = child.get().state("own").runId();
        lab.crash();
        gate.open();

        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("a1");
        assertThat(child.get().state("own").runId()).isEqualTo(childRun);
        assertThat(child.get().history("own"))
                .filteredOn(entry -> entry.source() == CheckpointSource.INPUT)
                .hasSize(1);
        if (durability == Durability.SYNC) {
            assertThat(lab.ran("first")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsItsFailureByItsClass(Durability durability) throws Exception {
        childBody = (input, calls, run) -> calls.task("inner", b -> b, input, s -> {
                    throw new IllegalStateException("broken");
                })
                .join();
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return run.child(child.get()).on(OWN).start(input).join();
            } catch (TaskFailedException failed) {
                return failed.failure().is(IllegalStateException.class) + " "
                        + failed.failure().path();
            }
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("true child:Lab.child#1");
        assertThat(child.get().state("own").status()).isEqualTo(ThreadStatus.FAILED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void givesItsValueToAFailedParentOnceItWasContinuedByItself(Durability durability) throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        childBody = (input, calls, run) -> calls.task("inner", input, s -> {
                    if (fails.get()) {
                        throw new IllegalStateException("broken");
                    }
                    return s + "!";
                })
                .join();
        Lab lab = lab(durability);
        assertThatThrownBy(() -> lab.workflow().invoke("a", T))
                .isInstanceOf(WorkflowFailedException.class)
                .hasRootCauseMessage("broken");
        fails.set(false);
        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), T))
                .as("the child has failed, still")
                .isInstanceOf(WorkflowFailedException.class);
        child.get().invoke(Command.proceed(), OWN);

        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("a!");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void failsWhereItsThreadIsBusy(Durability durability) throws Exception {
        Gate gate = new Gate();
        childBody =
                (input, calls, run) -> calls.task("inner", input, gate::pass).join();
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return run.child(child.get()).on(OWN).start(input).join();
            } catch (TaskFailedException failed) {
                return "busy " + failed.failure().is(ThreadBusyException.class);
            }
        });
        lab.workflow();
        CompletableFuture<RunResult<String>> other = child.get().invokeAsync("other", OWN);
        gate.awaitArrival();

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("busy true");
        gate.open();
        assertThat(value(other)).isEqualTo("other");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void asksOnItsOwnThreadWhileTheParentSleeps(Durability durability) throws Exception {
        childBody = (input, calls, run) -> input + run.interrupt(NAME, "who?");
        Lab lab = lab(durability).body((input, calls, run) -> {
            String before = calls.task("before", input, s -> s).join();
            return run.child(child.get()).on(OWN).start(before).join() + "<";
        });
        CompletableFuture<RunResult<String>> parent = lab.workflow().invokeAsync("a", T);
        Interrupted<String> asked = childAsks(child.get());
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);

        assertThat(asked.only(NAME).path()).isEqualTo("ask:name#1");
        assertThat(lab.workflow().state(T).pending()).isEmpty();
        assertThat(lab.workflow().state(T).wakeAt()).isNotNull();
        child.get().invoke(asked.only(NAME).answer("B"), OWN);
        assertThat(value(parent)).as("woken at once, not when it looks again").isEqualTo("aB<");
        assertThat(lab.ran("before")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isNoticedWhenAnotherGraphTookTheAnswer(Durability durability) throws Exception {
        childBody = (input, calls, run) -> input + run.interrupt(NAME, "who?");
        Checkpointer store = newStore();
        Lab ann = lab(store, durability).options(builder -> builder.parkAfter(Duration.ZERO));
        CompletableFuture<RunResult<String>> parent = ann.workflow().invokeAsync("a", T);
        Interrupted<String> asked = childAsks(child.get());
        Lab bob = lab(new SecondDoor(store), durability);
        bob.workflow();
        child.get().invoke(asked.only(NAME).answer("B"), OWN);

        assertThat(value(parent)).isEqualTo("aB");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isFoundAgainByRecoverAfterARestart(Durability durability) throws Exception {
        childBody = (input, calls, run) -> input + run.interrupt(NAME, "who?");
        Lab lab = lab(durability).options(builder -> builder.parkAfter(Duration.ZERO));
        lab.workflow().invokeAsync("a", T);
        Interrupted<String> asked = childAsks(child.get());
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        lab.restart();
        child.get().invoke(asked.only(NAME).answer("B"), OWN);
        lab.graph().recover();

        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);
        assertThat(lab.workflow().state(T).value()).isEqualTo("aB");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void waitsBesideAQuestionOfTheParent(Durability durability) throws Exception {
        childBody = (input, calls, run) -> input + run.interrupt(NAME, "who?");
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> other = run.child(child.get()).on(OWN).start(input);
            String mine = run.interrupt(NAME, "and you?");
            return other.join() + mine;
        });
        var paused = (Interrupted<String>) lab.workflow().invoke("a", T);
        assertThat(paused.pending()).hasSize(1);
        Interrupted<String> asked = childAsks(child.get());
        CompletableFuture<RunResult<String>> parent = lab.workflow()
                .invokeAsync(paused.only(NAME).answer("C"), T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(10))));
        child.get().invoke(asked.only(NAME).answer("B"), OWN);

        assertThat(value(parent)).isEqualTo("aBC");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void goesOnWhenItsParentIsCancelled(Durability durability) throws Exception {
        Gate gate = new Gate();
        childBody =
                (input, calls, run) -> calls.task("inner", input, gate::pass).join();
        Lab lab = lab(durability);
        CompletableFuture<RunResult<String>> parent = lab.workflow().invokeAsync("a", T);
        gate.awaitArrival();
        lab.workflow().cancel(T);
        assertThatThrownBy(() -> value(parent)).hasCauseInstanceOf(WorkflowCancelledException.class);
        gate.open();

        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.IDLE);
        assertThat(child.get().state("own").value()).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isOnlyNoLongerWaitedForWhenItsFutureIsCancelled(Durability durability) throws Exception {
        Gate gate = new Gate();
        childBody =
                (input, calls, run) -> calls.task("inner", input, gate::pass).join();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> other = run.child(child.get()).on(OWN).start(input);
            calls.task("arrived", input, s -> {
                        gate.awaitArrival();
                        return s;
                    })
                    .join();
            boolean cancelled = other.cancel();
            try {
                return other.join();
            } catch (TaskCancelledException gone) {
                return "gone " + cancelled;
            }
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("gone true");
        gate.open();
        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.IDLE);
        assertThat(child.get().state("own").value()).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isAFailureOfTheStepWhenItIsCancelledByItself(Durability durability) throws Exception {
        childBody = (input, calls, run) -> input + run.interrupt(NAME, "who?");
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                return run.child(child.get()).on(OWN).start(input).join();
            } catch (TaskFailedException failed) {
                return "cancelled " + failed.failure().is(WorkflowCancelledException.class);
            }
        });
        CompletableFuture<RunResult<String>> parent = lab.workflow().invokeAsync("a", T);
        childAsks(child.get());
        child.get().cancel(OWN);

        assertThat(value(parent)).isEqualTo("cancelled true");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isLaunchedWithoutBeingWaitedFor(Durability durability) throws Exception {
        Gate gate = new Gate();
        childBody =
                (input, calls, run) -> calls.task("inner", input, gate::pass).join();
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        run.child(child.get()).on(OWN).launch(input).join());

        String runId = lab.workflow().invoke("a", T).value();

        gate.awaitArrival();
        gate.open();
        assertThat(value(child.get().invokeAsync("a", OWN.runId(runId)))).isEqualTo("a");
        assertThat(lab.ran("inner")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isNotLaunchedOnABusyThread(Durability durability) throws Exception {
        Gate gate = new Gate();
        childBody =
                (input, calls, run) -> calls.task("inner", input, gate::pass).join();
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        run.child(child.get()).on(OWN).launch(input).join());
        lab.workflow();
        CompletableFuture<RunResult<String>> other = child.get().invokeAsync("other", OWN);
        gate.awaitArrival();

        assertThatThrownBy(() -> lab.workflow().invoke("a", T)).hasCauseInstanceOf(ThreadBusyException.class);
        gate.open();
        assertThat(value(other)).isEqualTo("other");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void inheritsContextsUnlessTheyAreOverridden(Durability durability) throws Exception {
        Lab lab = lab(durability);
        AtomicReference<Workflow<String, String>> needing = new AtomicReference<>();
        lab.body((input, calls, run) ->
                run.child(needing.get()).on(OWN).start(input).join()
                        + run.child(needing.get())
                                .on(RunConfig.thread("other").context("mine"))
                                .start(input)
                                .join());
        lab.workflow();
        needing.set(lab.graph()
                .add(WorkflowSpec.of("Lab.needing", TEXT, TEXT)
                        .context(String.class)
                        .body(call -> call.context(String.class))));

        assertThat(lab.workflow().invoke("a", T.context("yours ")).value()).isEqualTo("yours mine");
    }

    @Test
    void isRefusedWhereItMakesNoSense() throws Exception {
        Lab lab = lab(Durability.SYNC);
        assertRefused(lab, run -> run.child(child.get()).on(RunConfig.none()).start("a"), "RunConfig.thread(id)");
        assertRefused(lab, run -> run.child(child.get()).on(T).start("a"), "of the run that calls it");
        assertRefused(lab, run -> run.child(child.get()).on(OWN.runId("mine")).start("a"), "no run id");
        try (Lab unstored = new Lab(null, Durability.SYNC).body((input, calls, run) -> input)) {
            Workflow<String, String> other = unstored.workflow();
            assertRefused(lab, run -> run.child(other).on(OWN).start("a"), "a graph with a checkpointer");
        }
        assertThat(lab.workflow().state(T).steps()).isEmpty();
    }

    private interface Starts {
        TaskFuture<String> start(Run run);
    }

    private static void assertRefused(Lab lab, Starts starts, String why) {
        lab.body((input, calls, run) -> {
            try {
                return starts.start(run).join();
            } catch (ClewException refused) {
                return refused.getMessage();
            }
        });
        assertThat(lab.workflow().invoke("a", T).value()).contains(why);
    }

    @Test
    void canBeCalledFromARunThatIsNotStored() throws Exception {
        childBody = (input, calls, run) -> input + run.interrupt(NAME, "who?");
        lab(Durability.SYNC).workflow();
        Workflow<String, String> stored = child.get();
        Lab unstored = opened(new Lab(null, Durability.SYNC))
                .body((input, calls, run) ->
                        run.child(stored).on(OWN).start(input).join());
        CompletableFuture<RunResult<String>> parent = unstored.workflow().invokeAsync("a", RunConfig.none());
        Interrupted<String> asked = childAsks(stored);
        stored.invoke(asked.only(NAME).answer("B"), OWN);

        assertThat(value(parent)).isEqualTo("aB");
    }

    @Test
    void leavesItsParentRecoverableWhenItsGraphIsClosed() throws Exception {
        childBody = (input, calls, run) -> {
            run.sleep(Duration.ofHours(1));
            return input;
        };
        Lab lab = lab(Durability.SYNC);
        CompletableFuture<RunResult<String>> parent = lab.workflow().invokeAsync("a", T);
        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.SLEEPING);
        lab.restart();

        assertThatThrownBy(() -> value(parent)).hasMessageContaining("recover");
        // It was unwound because it only waited, or sealed because the child that it waited for was told first.
        assertThat(lab.workflow().state(T).status()).isIn(ThreadStatus.SLEEPING, ThreadStatus.CRASHED);
        assertThat(lab.graph().recover().run("t")).isPresent();
        assertThat(lab.workflow().state(T).steps())
                .extracting(StepState::status)
                .containsExactly(StepState.Status.PENDING);
    }
}
