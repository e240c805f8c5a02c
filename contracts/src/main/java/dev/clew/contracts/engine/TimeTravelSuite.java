package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.json.JsonCodec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ForkPoint;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Branching off at checkpoints, with and without what was recorded there. */
public abstract class TimeTravelSuite extends EngineSuite {
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    /** Drafts, asks, finishes; random and time are part of the result. */
    private static String essay(String input, Lab.Calls calls, Run run) {
        String draft = calls.task("draft", input, s -> s + " drafted").join();
        boolean ok = run.interrupt(OK, draft);
        return calls.task("finish", draft + " " + ok, s -> s + " finished").join() + " " + run.randomUuid() + " "
                + run.now();
    }

    private Lab finishedEssay(Durability durability) throws Exception {
        Lab lab = lab(durability).body(TimeTravelSuite::essay);
        lab.workflow().invoke("x", T);
        lab.workflow().invoke(Command.resume(true), T);
        return lab;
    }

    private static HistoryEntry<String> newest(Lab lab) {
        return lab.workflow().history("t").get(0);
    }

    private static HistoryEntry<String> input(Lab lab) {
        return lab.workflow().history("t").stream()
                .filter(entry -> entry.source() == CheckpointSource.INPUT)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B226")
    @Tag("B228")
    void runsTheRecordedInputAgainWithNothingRemembered(Durability durability) throws Exception {
        Lab lab = finishedEssay(durability);
        String before = lab.workflow().state(T).value();
        HistoryEntry<String> input = input(lab);
        String oldResult = newest(lab).id();

        RunConfig branch = lab.workflow().fork(input.config());

        HistoryEntry<String> fork = newest(lab);
        assertThat(branch.checkpoint()).contains(fork.id());
        assertThat(fork.source()).isEqualTo(CheckpointSource.FORK);
        assertThat(fork.parentId()).isEqualTo(input.id());
        assertThat(fork.step()).isEqualTo(0);
        assertThat(lab.workflow().state(T).steps()).isEmpty();
        var pause = (RunResult.Interrupted<String>) lab.restart().workflow().invoke(Command.proceed(), branch);
        assertThat(lab.ran("draft")).isEqualTo(2);
        String after =
                lab.workflow().invoke(pause.only(OK).answer(false), branch).value();
        assertThat(after).startsWith("x drafted false finished").isNotEqualTo(before);
        assertThat(lab.workflow().invoke(Command.proceed(), branch).value()).isEqualTo(after);
        assertThat(lab.workflow().state(T).value()).isEqualTo(after);
        assertThat(lab.workflow().state(T.checkpoint(oldResult)).value()).isEqualTo(before);
        assertThat(lab.workflow().state(T.checkpoint(oldResult)).steps()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B229")
    void givesTheValueOfACompletedCheckpointWithoutRunningAnything(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.task("shout", input, s -> s + "!").join());
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        RunConfig old = lab.workflow().history("t").get(2).config();

        assertThat(lab.workflow().invoke(Command.proceed(), old).value()).isEqualTo("a!");
        assertThat(lab.workflow().state(T).value()).isEqualTo("b!");
        RunConfig branch = lab.workflow().fork(old);

        assertThat(lab.workflow().invoke(Command.proceed(), branch).value()).isEqualTo("a!");
        assertThat(lab.restart().workflow().state(T).value()).isEqualTo("a!");
        assertThat(newest(lab).value()).isEqualTo("a!");
        assertThat(lab.ran()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B227")
    void keepsWhatCameBeforeThePointAndReplaysItWithTheSameChance(Durability durability) throws Exception {
        Lab lab = finishedEssay(durability);
        String before = lab.workflow().state(T).value();

        RunConfig branch = lab.workflow().fork(newest(lab).config(), ForkPoint.before("task:finish#1"));

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
        assertThat(lab.workflow().state(T).steps()).extracting(StepState::name).containsExactly("draft", "ok");
        String after =
                lab.restart().workflow().invoke(Command.proceed(), branch).value();
        assertThat(lab.ran()).containsExactly("draft", "finish", "finish");
        assertThat(after.substring(0, after.lastIndexOf(' '))).isEqualTo(before.substring(0, before.lastIndexOf(' ')));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B227")
    void asksAgainUnderAnIdOfItsOwnWhereTheAnswerWasCutOff(Durability durability) throws Exception {
        Lab lab = lab(durability).body(TimeTravelSuite::essay);
        PendingInterrupt<String, Boolean> old =
                ((RunResult.Interrupted<String>) lab.workflow().invoke("x", T)).only(OK);
        lab.workflow().invoke(old.answer(true), T);
        HistoryEntry<String> input = input(lab);

        RunConfig branch = lab.workflow().fork(input.config(), ForkPoint.after("task:draft#1"));
        var pause = (RunResult.Interrupted<String>) lab.workflow().invoke(Command.proceed(), branch);

        assertThat(lab.ran("draft")).isEqualTo(1);
        assertThat(pause.only(OK).id()).isNotEqualTo(old.id());
        assertThatThrownBy(() -> lab.workflow().invoke(old.answer(true), branch))
                .isInstanceOf(AnswerRefusedException.class);
        assertThat(lab.workflow().invoke(pause.only(OK).answer(false), branch).value())
                .startsWith("x drafted false finished");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void takesAnAnswerForAQuestionThatWasCopiedPending(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            var left = calls.scope("left", input, (in, c, r) -> "L" + r.interrupt(OK, "left?"));
            var late = calls.scope("late", input, (in, c, r) -> {
                boolean first = r.interrupt(OK, "first?");
                return "R" + first + c.task("work", in, s -> s + "!").join();
            });
            return left.join() + late.join();
        });
        var pause = (RunResult.Interrupted<String>) lab.workflow().invoke("x", T);
        for (PendingInterrupt<String, Boolean> question : pause.all(OK)) {
            lab.workflow().invoke(question.answer(true), T);
        }
        assertThat(lab.workflow().state(T).value()).isEqualTo("LtrueRtruex!");
        int executions = lab.ran().size();

        RunConfig branch = lab.workflow().fork(newest(lab).config(), ForkPoint.before("task:late#1/task:work#1"));
        var pending = lab.workflow().state(T).pending();
        RunResult<String> result = pending.isEmpty()
                ? lab.workflow().invoke(Command.proceed(), branch)
                : lab.workflow().invoke(lab.workflow().state(T).only(OK).answer(true), branch);

        assertThat(result.value()).isEqualTo("LtrueRtruex!");
        assertThat(lab.ran().subList(executions, lab.ran().size())).contains("work");
    }

    @Test
    @Tag("B227")
    void copiesEncryptedEntriesToTheirNewPlace() throws Exception {
        Codec encrypting = EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", new SecretKeySpec(new byte[32], "AES"))
                .build();
        Lab lab = lab(Durability.SYNC).options(graph -> graph.codec(encrypting)).body(TimeTravelSuite::essay);
        lab.workflow().invoke("x", T);
        lab.workflow().invoke(Command.resume(true), T);

        RunConfig branch = lab.workflow().fork(newest(lab).config(), ForkPoint.after("ask:ok#1"));

        assertThat(lab.restart().workflow().invoke(Command.proceed(), branch).value())
                .startsWith("x drafted true finished");
        assertThat(lab.ran("draft")).isEqualTo(1);
    }

    @Test
    @Tag("B230")
    void refusesAnAnswerForACheckpointThatIsNotTheNewest() throws Exception {
        Lab lab = finishedEssay(Durability.SYNC);
        RunConfig old = input(lab).config();
        lab.workflow().invoke("y", T);

        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume(false), old))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("fork it");
        assertThat(lab.workflow().state(T).only(OK).value()).isEqualTo("y drafted");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B231")
    void branchesWithANewInputAndWhatTheCheckpointSaved(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .spec(WorkflowSpec.of("Lab.run", TEXT, TEXT)
                        .previous(TEXT)
                        .body(call -> call.<String>previous() + call.arg(0)));
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        List<HistoryEntry<String>> history = lab.workflow().history("t");

        assertThat(lab.workflow().invoke("c", history.get(2).config()).value()).isEqualTo("nullac");
        assertThat(lab.workflow().invoke("d", T).value()).isEqualTo("nullacd");
        assertThat(lab.workflow().history("t").get(3).parentId())
                .isEqualTo(history.get(2).id());
        assertThat(lab.workflow().invoke("e", history.get(1).config()).value()).isEqualTo("nullae");
        assertThatThrownBy(() -> lab.workflow().invoke("f", T.checkpoint("nowhere")))
                .isInstanceOf(RequestRefusedException.class);
    }

    @Test
    void leavesTheUnfinishedRunReadableAndWithdrawsItsQuestions() throws Exception {
        Lab lab = lab(Durability.ASYNC).body(TimeTravelSuite::essay);
        lab.workflow().invoke("x", T);
        RunConfig asked = newest(lab).config();

        lab.workflow().fork(asked);

        assertThat(lab.workflow().state(asked).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(lab.workflow().state(asked).pending()).isEmpty();
        assertThat(lab.workflow().state(T).pending()).isEmpty();
    }

    @Test
    void refusesPointsThatAreNotThere() throws Exception {
        Lab lab = lab(Durability.SYNC).body(TimeTravelSuite::essay);
        assertThatThrownBy(() -> lab.workflow().fork(T)).isInstanceOf(RequestRefusedException.class);
        lab.workflow().invoke("x", T);
        int entries = lab.workflow().history("t").size();

        assertThatThrownBy(() -> lab.workflow().fork(T, ForkPoint.after("task:nothing#1")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("no step 'task:nothing#1'");
        assertThatThrownBy(() -> lab.workflow().fork(T, ForkPoint.after("ask:ok#1")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("ForkPoint.before");
        assertThatThrownBy(() -> lab.workflow().fork(T.checkpoint("nowhere")))
                .isInstanceOf(RequestRefusedException.class);
        assertThat(lab.workflow().history("t")).hasSize(entries);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
    }

    @Test
    void goesOnByRecoverAndTakesTheRunIdThatWasWished() throws Exception {
        Lab lab = finishedEssay(Durability.SYNC);
        RunConfig wished = T.runId("second");

        lab.workflow().fork(wished, ForkPoint.after("task:finish#1"));

        assertThat(lab.graph().recover().run("t").orElseThrow().join().runId()).isEqualTo("second");
        assertThat(lab.ran("finish")).isEqualTo(1);
        RunConfig again = input(lab).config().runId("second");
        assertThatThrownBy(() -> lab.workflow().fork(again)).isInstanceOf(RequestRefusedException.class);
    }
}
