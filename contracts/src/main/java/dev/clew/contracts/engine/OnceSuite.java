package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.contracts.lab.Stored;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamMode;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job: one id for thread and run, and one call that starts, joins, continues and returns it. */
public abstract class OnceSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final RunConfig JOB = RunConfig.once("job-1");

    private final Gate gate = new Gate();

    /** Two steps; the second one waits behind the gate. */
    private Lab twoSteps(Durability durability) throws Exception {
        return lab(durability)
                .body((input, calls, run) ->
                        calls.task("pay", input, s -> s + "!").join()
                                + calls.task("ship", input, gate::pass).join());
    }

    @Test
    void namesThreadAndRun() {
        assertThat(JOB.threadId()).contains("job-1");
        assertThat(JOB.runId()).contains("job-1");
        assertThatThrownBy(() -> RunConfig.once(" ")).isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> RunConfig.once("x".repeat(501)))
                .isInstanceOf(ClewException.class)
                .hasMessageContaining("job id");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void returnsTheValueOfAFinishedJobWithoutRunningIt(Durability durability) throws Exception {
        gate.open();
        Lab lab = twoSteps(durability);
        RunResult<String> first = lab.workflow().invoke("x", JOB);

        assertThat(lab.workflow().invoke("x", JOB)).isEqualTo(first);
        assertThat(lab.restart().workflow().invoke("x", JOB)).isEqualTo(first);
        assertThat(lab.workflow().invoke(Command.proceed(), JOB)).isEqualTo(first);
        assertThat(lab.ran()).containsExactly("pay", "ship");
        assertThat(lab.workflow().state(JOB).status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(lab.workflow().history(JOB)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void continuesAfterACrashWithoutRepeatingWhatIsStored(Durability durability) throws Exception {
        Lab lab = twoSteps(durability);
        lab.workflow().invokeAsync("x", JOB);
        gate.awaitArrival();
        lab.crash();
        gate.open();

        assertThat(lab.workflow().invoke("x", JOB).value()).isEqualTo("x!x");
        assertThat(lab.ran("pay")).isEqualTo(1);
        assertThat(lab.ran("ship")).isEqualTo(2);
        assertThat(lab.workflow().history(JOB)).hasSize(2);
    }

    @Test
    void startsFromTheBeginningAfterACrashInExitMode() throws Exception {
        Lab lab = twoSteps(Durability.EXIT);
        lab.workflow().invokeAsync("x", JOB);
        gate.awaitArrival();
        lab.crash();
        gate.open();

        assertThat(lab.workflow().invoke("x", JOB).value()).isEqualTo("x!x");
        assertThat(lab.ran("pay")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void continuesAfterTheGraphWasClosedInTheMiddle(Durability durability) throws Exception {
        Lab lab = twoSteps(durability).options(options -> options.closeTimeout(Duration.ZERO));
        lab.workflow().invokeAsync("x", JOB);
        gate.awaitArrival();
        lab.restart();
        gate.open();

        assertThat(lab.workflow().invoke("x", JOB).value()).isEqualTo("x!x");
        assertThat(lab.ran("pay")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runsOnceForManyCallersAtOnce(Durability durability) throws Exception {
        Lab lab = twoSteps(durability);
        Workflow<String, String> workflow = lab.workflow();
        List<CompletableFuture<RunResult<String>>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(CompletableFuture.supplyAsync(() -> workflow.invoke("x", JOB)));
        }
        callers.add(lab.workflow().invokeAsync("x", JOB));
        gate.awaitArrival();
        gate.open();

        for (CompletableFuture<RunResult<String>> caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS).value()).isEqualTo("x!x");
        }
        assertThat(lab.workflow().batch(List.of("x", "x"), List.of(JOB, JOB)))
                .extracting(RunResult::value)
                .containsExactly("x!x", "x!x");
        assertThat(lab.ran()).containsExactly("pay", "ship");
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void runsOnceForTwoProcessesAtOnce(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab.Body body =
                (input, calls, run) -> calls.task("ship", input, gate::pass).join();
        Lab ann = opened(new Lab(store, durability)).body(body);
        Lab bob = opened(new Lab(new SecondDoor(store), durability)).body(body);
        var first = ann.workflow().invokeAsync("x", JOB);
        var second = bob.workflow().invokeAsync("x", JOB);
        gate.awaitArrival();
        gate.open();

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(second.get(10, TimeUnit.SECONDS));
        assertThat(ann.ran("ship") + bob.ran("ship")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void returnsWhatIsPendingUntilItIsAnswered(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("pay", input, s -> s + "!").join() + run.interrupt(NAME, "who?"));
        var first = (Interrupted<String>) lab.workflow().invoke("x", JOB);

        var second = (Interrupted<String>) lab.restart().workflow().invoke("x", JOB);

        assertThat(second.only(NAME).id()).isEqualTo(first.only(NAME).id());
        assertThat(lab.workflow().invoke(second.only(NAME).answer("A"), JOB).value())
                .isEqualTo("x!A");
        assertThat(lab.workflow().invoke("x", JOB).value()).isEqualTo("x!A");
        assertThat(lab.ran("pay")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void continuesOnceTheDeadlineOfItsQuestionHasPassed(Durability durability) throws Exception {
        SteppedWorld time = new SteppedWorld();
        Lab lab = lab(durability, time)
                .options(options -> options.world(time))
                .body((input, calls, run) -> "" + run.interrupt(NAME, "who?", Duration.ofDays(1)));
        assertThat(lab.workflow().invoke("x", JOB)).isInstanceOf(Interrupted.class);
        lab.close();
        time.advance(Duration.ofDays(2));

        assertThat(lab.workflow().invoke("x", JOB).value()).isEqualTo("Optional.empty");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAnotherInputAndChangesNothing(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability))
                .body((input, calls, run) -> input.equals("ask") ? run.interrupt(NAME, "who?") : input);
        lab.workflow().invoke("x", JOB);
        RunConfig asking = RunConfig.once("job-2");
        lab.workflow().invoke("ask", asking);

        for (RunConfig job : List.of(JOB, asking)) {
            Stored before = Stored.of(store, job.threadId().orElseThrow());
            assertThatThrownBy(() -> lab.workflow().invoke("other", job))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.OTHER_INPUT))
                    .hasMessageContaining(job.threadId().orElseThrow());
            assertThat(Stored.of(store, job.threadId().orElseThrow())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void throwsTheErrorOfAFailedJobUntilItProceeds(Durability durability) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("pay", input, s -> s + "!").join()
                                + calls.task("ship", input, s -> {
                                            if (broken.get()) {
                                                throw new IllegalStateException("no truck");
                                            }
                                            return s;
                                        })
                                        .join());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> lab.restart().workflow().invoke("x", JOB))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("no truck");
        }
        broken.set(false);

        assertThat(lab.workflow().invoke(Command.proceed(), JOB).value()).isEqualTo("x!x");
        assertThat(lab.workflow().invoke("x", JOB).value()).isEqualTo("x!x");
        assertThat(lab.ran()).containsExactly("pay", "ship", "ship");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void throwsTheErrorOfACancelledJob(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> run.interrupt(NAME, "who?"));
        lab.workflow().invoke("x", JOB);

        assertThat(lab.workflow().cancel(JOB)).isTrue();

        assertThatThrownBy(() -> lab.restart().workflow().invoke("x", JOB))
                .isInstanceOf(WorkflowCancelledException.class);
    }

    @Test
    void takesNoCommandBeforeItStarts() throws Exception {
        Lab lab = twoSteps(Durability.SYNC);

        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), JOB))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NEVER_RAN));
        assertThat(lab.workflow().state(JOB).runId()).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void streamsWhatACrashedJobStillDoes(Durability durability) throws Exception {
        Lab lab = twoSteps(durability);
        lab.workflow().invokeAsync("x", JOB);
        gate.awaitArrival();
        lab.crash();
        gate.open();

        List<String> events = new ArrayList<>();
        try (RunStream<String> stream = lab.workflow().stream("x", JOB, StreamMode.UPDATES)) {
            stream.forEach(event -> events.add(StreamFixture.brief(event)));
            assertThat(stream.result().value()).isEqualTo("x!x");
        }

        assertThat(events).contains("update task:pay#1 = x! replayed", "update task:ship#1 = x");
        try (RunStream<String> again = lab.workflow().stream("x", JOB, StreamMode.UPDATES)) {
            assertThat(again).isEmpty();
            assertThat(again.result().value()).isEqualTo("x!x");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void watchesAJobByItsConfiguration(Durability durability) throws Exception {
        Lab lab = twoSteps(durability);
        lab.workflow().invokeAsync("x", JOB);
        gate.awaitArrival();

        try (RunStream<String> stream = lab.workflow().watch(JOB, StreamMode.UPDATES)) {
            gate.open();
            assertThat(stream.result().value()).isEqualTo("x!x");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runsAWorkflowWithoutInputOnce(Durability durability) throws Exception {
        Lab lab = twoSteps(durability);
        Workflow<Void, String> nightly = lab.graph()
                .add(WorkflowSpec.of("Lab.nightly", TypeRef.of(Void.class), TypeRef.of(String.class))
                        .body(call -> lab.calls(call.scope())
                                .task("count", "x", s -> s)
                                .join()));

        assertThat(nightly.invoke(JOB)).isEqualTo(nightly.invoke(JOB));
        assertThat(lab.ran()).containsExactly("count");
    }
}
