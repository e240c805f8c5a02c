package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Stored;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an input, a proceed and an answer mean on a thread whose run failed, crashed, is blocked or is stuck. */
public abstract class BrokenThreadSuite extends EngineSuite {
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

    @Tag("B138")
    @Tag("B139")
    @Tag("B140")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void failedThreadMakesANewAttemptOrANewRun(Durability durability) throws Exception {
        Lab lab = program(durability);
        mode = "fail";
        assertThatThrownBy(() -> lab.workflow().invoke("x", T)).isInstanceOf(WorkflowFailedException.class);
        String failed = lab.workflow().state(T).runId();

        refused(lab, Command.resume("A"));
        assertThatThrownBy(() -> lab.restart().workflow().invoke(Command.proceed(), T))
                .isInstanceOf(WorkflowFailedException.class);
        mode = "";
        assertThat(lab.workflow().invoke(Command.proceed(), T).runId()).isEqualTo(failed);
        mode = "fail";
        assertThatThrownBy(() -> lab.workflow().invoke("x", T)).isInstanceOf(WorkflowFailedException.class);
        mode = "";
        assertThat(lab.workflow().invoke("y", T).value()).isEqualTo("y!");
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void crashedThreadContinuesOrMakesANewRun(Durability durability) throws Exception {
        Lab lab = program(durability);
        for (String input : new String[] {null, "y"}) {
            mode = "work";
            lab.workflow().invokeAsync("x", T);
            gate.awaitArrival();
            lab.crash();

            assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
            assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("A"), T))
                    .as("shuts the dead owner out")
                    .isInstanceOf(AnswerRefusedException.class);
            refused(lab, Command.resume("A"));
            gate.open();
            RunResult<String> result = input == null
                    ? lab.workflow().invoke(Command.proceed(), T)
                    : lab.workflow().invoke(input, T);
            assertThat(result.value()).isEqualTo(input == null ? "x" : "y");
            gate.close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void crashedThreadTakesAnAnswerToWhatItHadAsked(Durability durability) throws Exception {
        store = newStore();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> {
                c.task("before", in, s -> s).join();
                return r.interrupt(NAME, "who?");
            });
            run.sleep(Duration.ofMillis(1));
            return calls.task("work", input, gate::pass).join() + side.join();
        });
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        Eventually.until(() -> !lab.workflow().state(T).pending().isEmpty());
        var question = lab.workflow().state(T).only(NAME);
        lab.crash();
        gate.open();

        assertThat(lab.workflow().invoke(question.answer("A"), T).value()).isEqualTo("xA");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void blockedThreadTriesAgainOrMakesANewRun(Durability durability) throws Exception {
        for (boolean proceed : new boolean[] {true, false}) {
            Lab lab = program(durability);
            mode = "ask";
            lab.workflow().invoke("x", T);
            mode = "other";
            assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("A"), T))
                    .isInstanceOf(NonDeterminismException.class);
            assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.BLOCKED);
            assertThat(lab.workflow().state(T).blockedBy()).contains("ask:name#1");

            refused(lab, Command.resume("B"));
            assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), T))
                    .isInstanceOf(NonDeterminismException.class);
            if (proceed) {
                mode = "ask";
                assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("A");
            } else {
                assertThat(lab.workflow().invoke("y", T).value()).isEqualTo("y!");
            }
            lab.close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void stuckThreadIsShownAfterFiveClaimsWithoutProgress(Durability durability) throws Exception {
        for (boolean proceed : new boolean[] {true, false}) {
            Lab lab = program(durability);
            mode = "work";
            lab.workflow().invokeAsync("x", T);
            for (int claim = 0; claim < 5; claim++) {
                gate.awaitArrival();
                lab.crash();
                lab.workflow().invokeAsync(Command.proceed(), T);
            }
            gate.awaitArrival();
            lab.crash();

            assertThatThrownBy(() -> lab.workflow().invoke(Command.proceed(), T))
                    .isInstanceOf(ThreadStuckException.class);
            assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.STUCK);
            refused(lab, Command.resume("A"));
            gate.open();
            RunResult<String> result = proceed
                    ? lab.workflow().invoke(Command.proceed(), T)
                    : lab.workflow().invoke("y", T);
            assertThat(result.value()).isEqualTo(proceed ? "x" : "y");
            gate.close();
            lab.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void failedThreadShowsNoQuestionAsPendingUntilItIsAskedAgain(Durability durability) throws Exception {
        store = newStore();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> r.interrupt(NAME, "who?"));
            if (mode.equals("fail")) {
                throw new IllegalStateException("broken");
            }
            return side.join();
        });
        mode = "fail";
        assertThatThrownBy(() -> lab.workflow().invoke("x", T)).isInstanceOf(WorkflowFailedException.class);

        assertThat(lab.workflow().state(T).pending()).isEmpty();
        refused(lab, Command.resume("A"));
        mode = "";
        lab.workflow().invoke(Command.proceed(), T);
        assertThat(lab.workflow().state(T).pending()).hasSize(1);
        assertThat(lab.workflow().invoke(Command.resume("A"), T).value()).isEqualTo("A");
    }

    private void refused(Lab lab, Command answer) {
        Stored before = Stored.of(store, "t");
        assertThatThrownBy(() -> lab.workflow().invoke(answer, T)).isInstanceOf(AnswerRefusedException.class);
        assertThat(Stored.of(store, "t")).isEqualTo(before);
    }
}
