package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Final;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code updateState} sets, ends and refuses. */
public abstract class UpdateStateSuite extends EngineSuite {
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private static WorkflowSpec<String, String> appending() {
        return WorkflowSpec.of("Lab.run", TEXT, TEXT).previous(TEXT).body(call -> {
            String input = call.arg(0);
            return call.<String>previous() + (input.equals("ask") ? call.run().interrupt(OK, "?") : input);
        });
    }

    private static WorkflowSpec<String, String> both() {
        return WorkflowSpec.of("Lab.run", TEXT, TEXT)
                .saves(TypeRef.of(Integer.class))
                .previous(TypeRef.of(Integer.class))
                .body(call -> Final.of("saw " + call.<Integer>previous(), 1));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B156")
    @Tag("B232")
    @Tag("B239")
    void setsTheValueThatCallersSeeAndTheNextRunGets(Durability durability) throws Exception {
        Lab lab = lab(durability).spec(appending());
        RunResult<String> run = lab.workflow().invoke("a", T);

        RunConfig updated = lab.workflow().updateState(T.metadata("by", "ann"), "corrected ");

        HistoryEntry<String> entry = lab.workflow().history("t").get(0);
        assertThat(updated.checkpoint()).contains(entry.id());
        assertThat(entry.source()).isEqualTo(CheckpointSource.UPDATE);
        assertThat(entry.step()).isEqualTo(1);
        assertThat(entry.value()).isEqualTo("corrected ");
        assertThat(entry.metadata()).containsEntry("by", "ann");
        assertThat(entry.parentId())
                .isEqualTo(lab.workflow().history("t").get(1).id());
        assertThat(lab.workflow().state(T).value()).isEqualTo("corrected ");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(lab.workflow().state(updated).value()).isEqualTo("corrected ");
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("corrected ");
        assertThat(lab.workflow().invoke("a", T.runId(run.runId())).value()).isEqualTo("nulla");
        assertThat(lab.restart().workflow().invoke("b", T).value()).isEqualTo("corrected b");
    }

    /** The advice that such a thread is given. */
    @Test
    void setsAValueInPlaceOfASavedOneThatCannotBeRead() throws Exception {
        Lab lab = lab(Durability.SYNC);
        lab.spec(WorkflowSpec.of("Lab.run", TEXT, TEXT)
                .saves(TEXT)
                .previous(TEXT)
                .body(call -> Final.of("-", "text")));
        lab.workflow().invoke("a", T);
        lab = lab.restart().spec(both());
        Workflow<String, String> now = lab.workflow();
        assertThatThrownBy(() -> now.invoke("b", T)).hasMessageContaining("updateState");

        now.updateState(T, "set", 7);

        assertThat(now.state(T).value()).isEqualTo("set");
        assertThat(now.invoke("c", T).value()).isEqualTo("saw 7");
    }

    @Test
    @Tag("B233")
    void worksOnAThreadThatNeverRan() throws Exception {
        Lab lab = lab(Durability.SYNC).spec(appending());

        lab.workflow().updateState(T, "seed ");

        assertThat(lab.workflow().history("t")).extracting(HistoryEntry::step).containsExactly(0);
        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("seed a");
        assertThat(lab.workflow().history("t")).extracting(HistoryEntry::step).containsExactly(2, 1, 0);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B232")
    void withdrawsWhatWasPendingAndLeavesTheRunReadable(Durability durability) throws Exception {
        Lab lab = lab(durability).spec(appending());
        var pause = (RunResult.Interrupted<String>) lab.workflow().invoke("ask", T);
        RunConfig asked = lab.workflow().history("t").get(0).config();

        lab.workflow().updateState(T, "settled ");

        assertThat(lab.workflow().state(T).pending()).isEmpty();
        assertThatThrownBy(() -> lab.workflow().invoke(pause.only(OK).answer(true), T))
                .isInstanceOf(AnswerRefusedException.class);
        assertThat(lab.workflow().state(asked).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(lab.workflow().state(asked).steps()).hasSize(1);
        assertThat(lab.restart().graph().recover().runs()).isEmpty();
        assertThat(lab.workflow().invoke("b", T).value()).isEqualTo("settled b");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B156")
    void takesBothHalvesWhereTheWorkflowReturnsAFinal(Durability durability) throws Exception {
        Lab lab = lab(durability).spec(both());
        lab.workflow().invoke("a", T);

        lab.workflow().updateState(T, "shown", 41);

        assertThat(lab.workflow().state(T).value()).isEqualTo("shown");
        assertThat(lab.workflow().invoke("b", T).value()).isEqualTo("saw 41");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void refusesValuesOfAnotherTypeAndStoresNothing() throws Exception {
        Lab plain = lab(Durability.SYNC).spec(appending());
        plain.workflow().invoke("a", T);
        var before = plain.graph().threads(ThreadQuery.all());

        assertThatThrownBy(() -> ((Workflow) plain.workflow()).updateState(T, 42))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("java.lang.String, not a java.lang.Integer");
        assertThatThrownBy(() -> plain.workflow().updateState(T, "a", "b"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("plain value");
        assertThat(plain.graph().threads(ThreadQuery.all())).isEqualTo(before);

        Lab two = lab(Durability.SYNC).spec(both());
        assertThatThrownBy(() -> two.workflow().updateState(T, "a"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("updateState(config, value, saved)");
        assertThatThrownBy(() -> two.workflow().updateState(T, "a", "not a number"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("saved value");
        assertThat(two.workflow().history("t")).isEmpty();
    }

    @Test
    void isRefusedWhileTheThreadIsBusyAndNeedsACheckpointer() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.task("wait", input, s -> {
                            goOn.await();
                            return s;
                        })
                        .join());
        var running = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.ran("wait") == 1);

        assertThatThrownBy(() -> lab.workflow().updateState(T, "no")).isInstanceOf(ThreadBusyException.class);
        assertThatThrownBy(() -> lab.workflow().fork(T)).isInstanceOf(ThreadBusyException.class);
        goOn.countDown();
        assertThat(running.get().value()).isEqualTo("x");

        Lab unstored = opened(new Lab(null, Durability.SYNC)).spec(appending());
        assertThatThrownBy(() -> unstored.workflow().updateState(T, "no")).isInstanceOf(RequestRefusedException.class);
    }

    @Test
    void branchesOffAnOlderCheckpointWhereOneIsNamed() throws Exception {
        Lab lab = lab(Durability.ASYNC).spec(appending());
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        List<HistoryEntry<String>> history = lab.workflow().history("t");

        lab.workflow().updateState(history.get(2).config(), "branch ");

        HistoryEntry<String> update = lab.workflow().history("t").get(0);
        assertThat(update.parentId()).isEqualTo(history.get(2).id());
        assertThat(update.step()).isEqualTo(1);
        assertThat(lab.workflow().invoke("c", T).value()).isEqualTo("branch c");
        assertThatThrownBy(() -> lab.workflow().updateState(T.checkpoint("nowhere"), "x"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("history(thread)");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B236")
    void cancellingClearsWhatIsPendingAndKeepsTheValue(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> input.endsWith("?") ? run.interrupt(TaskSuite.GO, input) : input);
        lab.workflow().invoke("kept", T);
        lab.workflow().invoke("go?", T);

        assertThat(lab.workflow().cancel(T)).isTrue();

        assertThat(lab.workflow().state(T).pending()).isEmpty();
        assertThat(lab.workflow().state(T).value()).isEqualTo("kept");
        assertThat(lab.restart().workflow().invoke("next", T).value()).isEqualTo("next");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void setsAValueToNothing(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> input);
        lab.workflow().invoke("before", T);

        lab.workflow().updateState(T, null);

        assertThat(lab.workflow().state(T).value()).isNull();
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(lab.workflow().invoke("after", T).value()).isEqualTo("after");
    }
}
