package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How questions are told apart, and what a pause says of all that are pending. */
public abstract class PendingSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final InterruptKey<Draft, Verdict> REVIEW = InterruptKey.of("review", Draft.class, Verdict.class);
    private static final InterruptKey<List<Draft>, Map<String, List<Integer>>> MARKS =
            InterruptKey.of("marks", new TypeRef<>() {}, new TypeRef<>() {});

    @Tag("B108")
    @Tag("B109")
    @Tag("B105")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void givesEachQuestionOfALoopItsOwnStableId(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                answers.append(run.interrupt(NAME, "again?"));
            }
            return answers.toString();
        });

        Set<String> ids = new LinkedHashSet<>();
        RunResult<String> result = lab.workflow().invoke("x", T);
        ids.add(onlyId(lab.workflow().invoke("x", RunConfig.thread("other"))));
        for (int i = 0; i < 3; i++) {
            String id = onlyId(result);
            assertThat(lab.restart().workflow().state(T).pending().get(0).id()).isEqualTo(id);
            assertThat(onlyId(lab.workflow().invoke(Command.proceed(), T))).isEqualTo(id);
            ids.add(id);
            result = lab.workflow().invoke(Command.resume(id, "" + i), T);
        }
        ids.add(onlyId(lab.workflow().invoke("x", T)));

        assertThat(result.value()).isEqualTo("012");
        assertThat(ids).as("other threads and runs have other ids").hasSize(5);
    }

    @Tag("B108")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void givesARewordedQuestionANewIdAndWithdrawsTheOldOne(Durability durability) throws Exception {
        AtomicReference<String> wording = new AtomicReference<>("old?");
        Lab lab = lab(durability).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> r.interrupt(NAME, "side?"));
            return run.interrupt(NAME, wording.get()) + side.join();
        });

        var first = paused(lab.workflow().invoke("x", T));
        var old = byValue(first.all(NAME), "old?");
        wording.set("new?");
        var second =
                paused(lab.workflow().invoke(byValue(first.all(NAME), "side?").answer("S"), T));

        assertThat(second.only(NAME).value()).isEqualTo("new?");
        assertThat(second.only(NAME).id()).isNotEqualTo(old.id());
        assertThatThrownBy(() -> lab.workflow().invoke(old.answer("A"), T))
                .isInstanceOfSatisfying(
                        AnswerRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WITHDRAWN))
                .hasMessageContaining(second.only(NAME).id());
        assertThat(lab.workflow().invoke(second.only(NAME).answer("B"), T).value())
                .isEqualTo("BS");
    }

    @Tag("B106")
    @Tag("B114")
    @Tag("B115")
    @Tag("B116")
    @Tag("B117")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void reportsAllThatIsPendingAndTakesAnySubsetOfAnswers(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            var tasks = List.of("a", "b", "c").stream()
                    .map(name -> calls.scope(name, input, (in, c, r) -> name + r.interrupt(NAME, "who?")))
                    .toList();
            return tasks.get(0).join() + tasks.get(1).join() + tasks.get(2).join();
        });

        var pause = paused(lab.workflow().invoke("x", T));
        Map<String, String> ids = new HashMap<>();
        pause.all(NAME).forEach(q -> ids.put(q.path().substring(5, 6), q.id()));
        var rest = paused(
                lab.restart().workflow().invoke(Command.resumeAll(Map.of(ids.get("a"), "1", ids.get("c"), "3")), T));

        assertThat(ids).hasSize(3);
        assertThat(lab.workflow().state(T).pending()).hasSize(1);
        assertThat(rest.only(NAME).id()).isEqualTo(ids.get("b"));
        assertThat(lab.ran("b")).isEqualTo(1);
        assertThat(lab.workflow()
                        .invoke(Command.resumeAll(Map.of(ids.get("b"), "2")), T)
                        .value())
                .isEqualTo("a1b2c3");
        assertThat(lab.ran()).containsExactlyInAnyOrder("a", "a", "b", "b", "c", "c");
    }

    @Tag("B107")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void asksAnAnsweredQuestionAnewWhenItsContentHasChanged(Durability durability) throws Exception {
        AtomicReference<String> wording = new AtomicReference<>("delete?");
        Lab lab = lab(durability)
                .body((input, calls, run) -> run.interrupt(NAME, wording.get()) + run.interrupt(NAME, "sure?"));
        lab.workflow().invoke("x", T);
        lab.workflow().invoke(Command.resume("yes"), T);

        wording.set("pay?");
        var pause = paused(lab.restart().workflow().invoke(Command.resume("sure"), T));

        assertThat(pause.only(NAME).value()).isEqualTo("pay?");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(paused(lab.workflow().invoke(Command.proceed(), T))
                        .only(NAME)
                        .value())
                .isEqualTo("pay?");
        assertThat(lab.restart().workflow().invoke(Command.resume("no"), T).value())
                .isEqualTo("nosure");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void saysWhatDiffersToTheCallerOfAnAnswerForTheOldContent(Durability durability) throws Exception {
        AtomicReference<String> wording = new AtomicReference<>("delete?");
        Lab lab = lab(durability).body((input, calls, run) -> run.interrupt(NAME, wording.get()));
        String old = onlyId(lab.workflow().invoke("x", T));

        wording.set("pay?");
        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.restart().workflow().invoke(Command.resume(old, "yes"), T));

        assertThat(refused).hasMessageContaining("delete?").hasMessageContaining("pay?");
        assertThat(values(refused.pending())).containsExactly("pay?");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(lab.workflow().invoke(Command.resume("no"), T).value()).isEqualTo("no");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void listsPendingQuestionsInTheOrderOfTheirCallsWheneverTheyWereAsked(Durability durability) throws Exception {
        Gate gate = new Gate();
        AtomicInteger asked = new AtomicInteger();
        WorkflowSpec<String, String> child = WorkflowSpec.of(
                        "Lab.child", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> call.run().interrupt(NAME, "child?"));
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability))
                .options(graph -> graph.maxConcurrency(9).listener(new RunListener() {
                    @Override
                    public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
                        if (asked.incrementAndGet() == 5) {
                            gate.open();
                        }
                    }
                }))
                .body((input, calls, run) -> {
                    calls.scope("first", input, (in, c, r) -> {
                        c.task("wait", in, gate::pass).join();
                        return r.interrupt(NAME, "first?");
                    });
                    calls.scope("second", input, (in, c, r) -> {
                        c.scope("inner", in, (x, cc, rr) -> rr.interrupt(NAME, "second, inner 1?"));
                        c.scope("inner", in, (x, cc, rr) -> rr.interrupt(NAME, "second, inner 2?"));
                        return r.interrupt(NAME, "second?");
                    });
                    calls.raw().child(child, input);
                    return run.interrupt(NAME, "root?");
                });
        List<Object> called = List.of("first?", "second, inner 1?", "second, inner 2?", "second?", "child?", "root?");

        var live = paused(lab.workflow().invoke("x", T));
        var later = lab.restart().workflow().state(T).pending();
        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.workflow().invoke(Command.resume("A"), T));

        assertThat(values(live.pending())).isEqualTo(called);
        assertThat(values(live.all(NAME))).isEqualTo(called);
        assertThat(values(later)).isEqualTo(called);
        assertThat(values(refused.pending())).isEqualTo(called);
        assertThat(values(opened(Operator.of(store)).state("t").pending())).isEqualTo(called);
        var rest = paused(
                lab.workflow().invoke(Command.resume(live.pending().get(3).id(), "A"), T));
        assertThat(values(rest.pending()))
                .containsExactly("first?", "second, inner 1?", "second, inner 2?", "child?", "root?");
    }

    @Test
    void namesWhatIsPendingWhenOnlyFindsSeveralOrNone() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            var one = calls.scope("one", input, (in, c, r) -> r.interrupt(NAME, "1?"));
            return run.interrupt(NAME, "2?") + one.join();
        });

        var pause = paused(lab.workflow().invoke("x", T));

        assertThatThrownBy(() -> pause.only(NAME))
                .hasMessageContaining("found 2")
                .hasMessageContaining("task:one#1");
        assertThatThrownBy(() -> pause.only(REVIEW)).hasMessageContaining("found 0");
        assertThat(pause.all(REVIEW)).isEmpty();
        assertThatThrownBy(() -> lab.workflow().state(T).only(NAME)).hasMessageContaining("found 2");
    }

    public record Draft(String text, int words) {}

    public record Verdict(boolean approved, String note) {}

    private static Interrupted<String> paused(RunResult<String> result) {
        return (Interrupted<String>) result;
    }

    private static List<Object> values(List<? extends PendingInterrupt<?, ?>> questions) {
        List<Object> values = new ArrayList<>();
        questions.forEach(question -> values.add(question.value()));
        return values;
    }

    private static String onlyId(RunResult<String> result) {
        return paused(result).pending().get(0).id();
    }

    private static <Q, A> PendingInterrupt<Q, A> byValue(List<PendingInterrupt<Q, A>> questions, Q value) {
        return questions.stream()
                .filter(q -> q.value().equals(value))
                .findFirst()
                .orElseThrow();
    }
}
