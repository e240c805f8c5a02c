package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Stored;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an input, a proceed and an answer mean, by what the thread is doing. */
public abstract class CommandTableSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private final Gate gate = new Gate();
    private Checkpointer store;
    private volatile String mode = "";

    /** A program that does what the mode says: asks, fails, works behind a gate, sleeps, or returns. */
    private Lab program(Durability durability) throws Exception {
        store = newStore();
        return opened(new Lab(store, durability))
                .options(options -> options.parkAfter(Duration.ZERO))
                .body((input, calls, run) -> switch (mode) {
                    case "ask" -> run.interrupt(NAME, "who?");
                    case "fail" -> throw new IllegalStateException("broken");
                    case "sleep" -> {
                        run.sleep(Duration.ofHours(1));
                        yield input;
                    }
                    case "work" -> calls.task("work", input, gate::pass).join();
                    default -> input + "!";
                });
    }

    @Tag("B141")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void runningThreadIsBusyForInputsAndTakesAnswersToWhatItAsksOnly(Durability durability) throws Exception {
        Lab lab = program(durability);
        mode = "work";
        var running = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        busy(() -> lab.workflow().invoke("y", T));
        busy(() -> lab.workflow().invoke(Command.proceed(), T));
        ThreadBusyException busy = busy(() -> lab.workflow().invoke("z", T));
        refused(lab, Command.resume("A"));

        assertThat(busy.owner()).isPresent();
        assertThat(busy.since()).isNotNull();
        gate.open();
        assertThat(running.get(10, TimeUnit.SECONDS).value()).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void waitsForABusyThreadAsLongAsItWasTold(Durability durability) throws Exception {
        Lab lab = program(durability);
        mode = "work";
        var running = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();

        RunConfig impatient = T.whenBusy(WhenBusy.waitUpTo(Duration.ofMillis(30)));
        RunConfig patient = T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(10)));
        busy(() -> lab.workflow().invoke("y", impatient));
        var waiting = lab.workflow().invokeAsync("y", patient);

        assertThat(waiting).isNotDone();
        gate.open();
        assertThat(running.get(10, TimeUnit.SECONDS).value()).isEqualTo("x");
        assertThat(waiting.get(10, TimeUnit.SECONDS).value()).isEqualTo("y");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void sleepingThreadIsBusyForInputsAndAsksNothing(Durability durability) throws Exception {
        Gate asleep = new Gate();
        Lab lab = program(durability)
                .options(options -> options.parkAfter(Duration.ZERO).listener(asleep.onSleep()));
        mode = "sleep";
        CompletableFuture<RunResult<String>> sleeping = lab.workflow().invokeAsync("x", T);
        asleep.awaitArrival();

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.SLEEPING);
        assertThat(lab.workflow().state(T).wakeAt()).isNotNull();
        assertThat(store.thread("t").orElseThrow().lease()).isNull();
        busy(() -> lab.workflow().invoke("y", T));
        busy(() -> lab.workflow().invoke(Command.proceed(), T));
        assertThat(busy(() -> lab.workflow().invoke("z", T)).owner()).isEmpty();
        refused(lab, Command.resume("A"));

        assertThat(lab.workflow().cancel(T)).isTrue();
        assertThatThrownBy(() -> sleeping.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WorkflowCancelledException.class);
    }

    @Tag("B135")
    @Tag("B136")
    @Tag("B137")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void interruptedThreadTellsWhatIsPendingAndTakesAnAnswerOrANewInput(Durability durability) throws Exception {
        Lab lab = program(durability);
        mode = "ask";
        var first = (Interrupted<String>) lab.workflow().invoke("x", T);

        Stored before = Stored.of(store, "t");
        var again = (Interrupted<String>) lab.workflow().invoke(Command.proceed(), T);
        assertThat(again.only(NAME).id()).isEqualTo(first.only(NAME).id());
        assertThatThrownBy(() -> lab.workflow().invoke("y", T))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.INTERRUPTED))
                .hasMessageContainingAll(
                        "thread 't'",
                        first.only(NAME).id(),
                        "Command.resume(id, answer)",
                        "whenInterrupted(WhenInterrupted.ABANDON)");
        assertThat(Stored.of(store, "t")).isEqualTo(before);

        var second = (Interrupted<String>) lab.workflow().invoke("y", ABANDONING);
        assertThat(second.runId()).isNotEqualTo(first.runId());
        assertThat(store.run("t", first.runId())).isPresent();
        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .extracting(CheckpointRecord::runId)
                .contains(first.runId(), second.runId());
        refused(lab, first.only(NAME).answer("A"));
        assertThat(lab.workflow().invoke(second.only(NAME).answer("B"), T).value())
                .isEqualTo("B");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void cancelledThreadOnlyMakesANewRun(Durability durability) throws Exception {
        Lab lab = program(durability);
        mode = "ask";
        var pause = (Interrupted<String>) lab.workflow().invoke("x", T);
        assertThat(lab.workflow().cancel(T)).isTrue();
        assertThat(lab.workflow().cancel(T)).isFalse();

        Stored before = Stored.of(store, "t");
        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), T))
                .isInstanceOf(RequestRefusedException.class);
        assertThat(Stored.of(store, "t")).isEqualTo(before);
        refused(lab, pause.only(NAME).answer("A"));
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(lab.workflow().state(T).pending()).isEmpty();
        mode = "";
        assertThat(lab.workflow().invoke("y", T).value()).isEqualTo("y!");
    }

    @Tag("B129")
    @Tag("B130")
    @Tag("B131")
    @Tag("B132")
    @Tag("B133")
    @Tag("B134")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void idleThreadReturnsItsValueOrMakesANewRun(Durability durability) throws Exception {
        Lab lab = program(durability);
        assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), T))
                .isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("A"), T))
                .isInstanceOf(AnswerRefusedException.class);
        assertThat(store.thread("t")).isEmpty();

        RunResult<String> first = lab.workflow().invoke("x", T);
        mode = "fail";
        assertThat(lab.restart().workflow().invoke(Command.proceed(), T)).isEqualTo(first);
        refused(lab, Command.resume("A"));
        mode = "";
        lab.workflow().invoke("y", T);

        assertThat(store.checkpoints(CheckpointQuery.of("t")))
                .extracting(CheckpointRecord::step)
                .containsExactly(2, 1, 0, -1);
    }

    private ThreadBusyException busy(Supplier<RunResult<String>> invocation) {
        Stored before = Stored.of(store, "t");
        Throwable thrown = catchThrowable(invocation::get);
        assertThat(thrown).isInstanceOf(ThreadBusyException.class);
        assertThat(Stored.of(store, "t")).isEqualTo(before);
        return (ThreadBusyException) thrown;
    }

    private void refused(Lab lab, Command answer) {
        Stored before = Stored.of(store, "t");
        assertThatThrownBy(() -> lab.workflow().invoke(answer, T)).isInstanceOf(AnswerRefusedException.class);
        assertThat(Stored.of(store, "t")).isEqualTo(before);
    }
}
