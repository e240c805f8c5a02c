package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Stored;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are refused: each for its own reason, with what is pending, and with nothing stored. */
public abstract class AnswersSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final InterruptKey<String, Integer> AGE =
            InterruptKey.of("age", String.class, Integer.class).validate(age -> age > 0, "must be positive");

    private Checkpointer store;

    private Lab storedLab(Durability durability) throws Exception {
        store = newStore();
        return opened(new Lab(store, durability));
    }

    @Tag("B119")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAnIdThatNobodyAsked(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> run.interrupt(NAME, "who?"));
        lab.workflow().invoke("x", T);

        AnswerRefusedException refused = refused(lab, Command.resume("nonsense", "A"));

        assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(refused).hasMessageContaining("nonsense").hasMessageContaining("ask:name#1");
        assertThat(refused.pending()).hasSize(1);
    }

    @Tag("B124")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesASecondAnswerToAQuestion(Durability durability) throws Exception {
        Lab lab = storedLab(durability)
                .body((input, calls, run) -> run.interrupt(NAME, "1?") + run.interrupt(NAME, "2?"));
        var first = pause(lab).only(NAME);
        lab.workflow().invoke(first.answer("A"), T);

        AnswerRefusedException refused = refused(lab, first.answer("B"));

        assertThat(refused.reason()).isEqualTo(Reason.ANSWERED);
        assertThat(refused.pending().get(0).value()).isEqualTo("2?");
        assertThat(lab.workflow().invoke(Command.resume("C"), T).value()).isEqualTo("AC");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAnAnswerToAWithdrawnQuestion(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> r.interrupt(NAME, "side?"));
            String first = run.interrupt(NAME, "first?");
            side.cancel();
            return first + run.interrupt(NAME, "second?");
        });
        var asked = pause(lab).all(NAME);
        var side = asked.stream()
                .filter(q -> q.value().equals("side?"))
                .findFirst()
                .orElseThrow();
        var first = asked.stream()
                .filter(q -> q.value().equals("first?"))
                .findFirst()
                .orElseThrow();
        lab.workflow().invoke(first.answer("A"), T);

        AnswerRefusedException refused = refused(lab, side.answer("S"));

        assertThat(refused.reason()).isEqualTo(Reason.WITHDRAWN);
        assertThat(refused.pending().get(0).value()).isEqualTo("second?");
    }

    @Tag("B115")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAValueWithoutAnIdWhenSeveralArePending(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> r.interrupt(NAME, "side?"));
            return run.interrupt(NAME, "root?") + side.join();
        });
        pause(lab);

        AnswerRefusedException refused = refused(lab, Command.resume("A"));

        assertThat(refused.reason()).isEqualTo(Reason.AMBIGUOUS);
        assertThat(refused.pending()).hasSize(2);
    }

    @Tag("B104")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAnAnswerOfAnotherType(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> "" + run.interrupt(AGE, "how old?"));
        pause(lab);

        AnswerRefusedException refused = refused(lab, Command.resume("four"));

        assertThat(refused.reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(refused).hasMessageContaining("java.lang.Integer").hasMessageNotContaining("four");
        assertThat(lab.workflow().invoke(Command.resume(4), T).value()).isEqualTo("4");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAnAnswerAfterTheDeadline(Durability durability) throws Exception {
        Lab lab = storedLab(durability)
                .body((input, calls, run) -> "" + run.interrupt(NAME, "who?", Duration.ofMillis(300)));
        var question = pause(lab).only(NAME);
        Instant deadline = question.deadline().orElseThrow();
        lab.restart();
        Eventually.until(() -> Instant.now().isAfter(deadline));

        assertThat(refused(lab, question.answer("late")).reason()).isEqualTo(Reason.WITHDRAWN);
        assertThat(refused(lab, Command.resume("late")).reason()).isIn(Reason.WITHDRAWN, Reason.NOTHING_PENDING);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesNullForAQuestionWithADeadline(Durability durability) throws Exception {
        Lab lab =
                storedLab(durability).body((input, calls, run) -> "" + run.interrupt(NAME, "who?", Duration.ofDays(7)));
        pause(lab);

        assertThat(refused(lab, Command.resume(null)).reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(lab.workflow().invoke(Command.resume("A"), T).value()).isEqualTo("Optional[A]");
    }

    @Tag("B116")
    @Tag("B119")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void storesNoneOfSeveralAnswersWhenOneIsWrong(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> "" + r.interrupt(AGE, "side?"));
            return run.interrupt(NAME, "root?") + side.join();
        });
        var asked = pause(lab);
        String name = asked.only(NAME).id();
        String age = asked.only(AGE).id();

        assertThat(refused(lab, Command.resumeAll(Map.of(name, "A", "nonsense", "B")))
                        .reason())
                .isEqualTo(Reason.UNKNOWN);
        assertThat(refused(lab, Command.resumeAll(Map.of(name, "A", age, "B"))).reason())
                .isEqualTo(Reason.WRONG_TYPE);
        assertThat(lab.workflow().state(T).pending()).hasSize(2);
        assertThat(lab.workflow()
                        .invoke(Command.resumeAll(Map.of(name, "A", age, 3)), T)
                        .value())
                .isEqualTo("A3");
    }

    @Tag("B118")
    @Test
    void refusesCommandsThatAnswerNothingOrTwice() throws Exception {
        Lab lab = storedLab(Durability.SYNC).body((input, calls, run) -> run.interrupt(NAME, "who?"));
        var question = pause(lab).only(NAME);

        assertThatThrownBy(() -> Command.resumeAll(Map.of())).isInstanceOf(ClewException.class);
        assertThatThrownBy(Command::answers).isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> Command.answers(question.answer("A"), question.answer("B")))
                .isInstanceOf(ClewException.class)
                .hasMessageContaining(question.id());
        assertThatThrownBy(() -> new Command.Answers(List.of(question.answer("A"), question.answer("B"))))
                .isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> new Command.Answers(List.of())).isInstanceOf(ClewException.class);
    }

    @Tag("B122")
    @Tag("B123")
    @Tag("B131")
    @Tag("B134")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void neverLetsAStrayAnswerReachALaterQuestion(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> run.interrupt(NAME, "who?"));

        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("early"), T))
                .satisfies(AnswersSuite::nothing);
        assertThat(store.thread("t")).isEmpty();
        var first = pause(lab).only(NAME);
        assertThat(lab.workflow().invoke(first.answer("A"), T).value()).isEqualTo("A");
        assertThat(refused(lab, Command.resume("again"))).satisfies(AnswersSuite::nothing);
        assertThat(refused(lab, first.answer("again"))).satisfies(AnswersSuite::nothing);
        assertThat(refused(lab, Command.resumeAll(Map.of(first.id(), "again")))).satisfies(AnswersSuite::nothing);

        var second = pause(lab).only(NAME);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(refused(lab, first.answer("old")).reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(lab.workflow().invoke(second.answer("B"), T).value()).isEqualTo("B");
    }

    @Tag("B122")
    @Tag("B140")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void neverKeepsAnAnswerThatWasSentToAFailedRun(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> {
            if (mode.equals("fail")) {
                throw new IllegalStateException("broken");
            }
            return run.interrupt(NAME, "who?");
        });
        mode = "fail";
        assertThatThrownBy(() -> lab.workflow().invoke("x", T)).isInstanceOf(WorkflowFailedException.class);

        assertThat(refused(lab, Command.resume("stray"))).satisfies(AnswersSuite::nothing);

        mode = "ask";
        var asked = (Interrupted<String>) lab.workflow().invoke(Command.proceed(), T);
        assertThat(lab.workflow().invoke(asked.only(NAME).answer("A"), T).value())
                .isEqualTo("A");
    }

    private volatile String mode = "";

    @ParameterizedTest
    @EnumSource(Durability.class)
    void dropsAnAnswerThatTheKeyRejectsAndKeepsTheQuestionOpen(Durability durability) throws Exception {
        Lab lab = storedLab(durability).body((input, calls, run) -> {
            String made = calls.task("make", input, s -> s + "!").join();
            return made
                    + calls.scope("ask", input, (in, c, r) -> "" + r.interrupt(AGE, "how old?"))
                            .join();
        });
        String id = pause(lab).only(AGE).id();

        for (int wrong : new int[] {-1, -2}) {
            AnswerRefusedException rejected = catchThrowableOfType(
                    AnswerRefusedException.class, () -> lab.restart().workflow().invoke(Command.resume(wrong), T));
            assertThat(rejected.reason()).isEqualTo(Reason.REJECTED);
            assertThat(rejected).hasMessageContaining("must be positive").hasMessageContaining(id);
            assertThat(rejected.pending()).hasSize(1);
            assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
            assertThat(lab.workflow().state(T).only(AGE).id()).isEqualTo(id);
        }

        assertThat(lab.workflow().invoke(Command.resume(id, 4), T).value()).isEqualTo("x!4");
        assertThat(lab.ran("make")).isEqualTo(1);
    }

    /** Sends a command that must be refused, and change nothing that is stored. */
    private AnswerRefusedException refused(Lab lab, Command command) {
        Stored before = Stored.of(store, "t");
        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.workflow().invoke(command, T));
        assertThat(refused).isNotNull();
        assertThat(Stored.of(store, "t")).isEqualTo(before);
        return refused;
    }

    private static void nothing(Throwable refused) {
        assertThat(refused).isInstanceOf(AnswerRefusedException.class);
        assertThat(((AnswerRefusedException) refused).reason()).isEqualTo(Reason.NOTHING_PENDING);
    }

    private static Interrupted<String> pause(Lab lab) {
        return (Interrupted<String>) lab.workflow().invoke("x", T);
    }
}
