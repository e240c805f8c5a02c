package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.IllegalStepException;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions: where they may be asked, how they are told apart, and what a pause says of them. */
public abstract class InterruptSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final InterruptKey<Draft, Verdict> REVIEW = InterruptKey.of("review", Draft.class, Verdict.class);
    private static final InterruptKey<List<Draft>, Map<String, List<Integer>>> MARKS =
            InterruptKey.of("marks", new TypeRef<>() {}, new TypeRef<>() {});

    public record Draft(String text, int words) {}

    public record Verdict(boolean approved, String note) {}

    @Tag("B100")
    @Tag("B104")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void pausesOnATypedQuestionAndTakesItsTypedAnswer(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            Verdict verdict = run.interrupt(REVIEW, new Draft(input, 1));
            return verdict.approved() + " " + verdict.note();
        });

        var pause = paused(lab.workflow().invoke("rain", T));

        assertThat(pause.only(REVIEW).value()).isEqualTo(new Draft("rain", 1));
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThatThrownBy(pause::value).isInstanceOf(ClewException.class).hasMessageContaining("review");
        assertThat(lab.workflow()
                        .invoke(pause.only(REVIEW).answer(new Verdict(true, "fine")), T)
                        .value())
                .isEqualTo("true fine");
    }

    @Tag("B104")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsPlainDataOfAQuestionWithoutItsKeyAlsoAfterARestart(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        run.interrupt(REVIEW, new Draft(input, 7)).note());

        Object live = paused(lab.workflow().invoke("rain", T)).pending().get(0).value();
        Object later = lab.restart().workflow().state(T).pending().get(0).value();

        assertThat(live).isEqualTo(later).isInstanceOf(Map.class);
        assertThat(((Map<?, ?>) later).get("text")).isEqualTo("rain");
        assertThat(lab.workflow().state(T).only(REVIEW).value()).isEqualTo(new Draft("rain", 7));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void carriesGenericTypesBothWays(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            Map<String, List<Integer>> marks = run.interrupt(MARKS, List.of(new Draft("a", 1), new Draft("b", 2)));
            return marks.keySet() + " " + (marks.get("b").get(0) + 1);
        });

        var question = paused(lab.workflow().invoke("rain", T)).only(MARKS);

        assertThat(question.value().get(1).text()).isEqualTo("b");
        assertThat(lab.restart()
                        .workflow()
                        .invoke(question.answer(Map.of("b", List.of(4))), T)
                        .value())
                .isEqualTo("[b] 5");
    }

    @Tag("B110")
    @Tag("B111")
    @Tag("B112")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void asksInTasksNestedTasksChildrenAndTheEntrypointOneAfterTheOther(Durability durability) throws Exception {
        WorkflowSpec<String, String> child = WorkflowSpec.of(
                        "Lab.child", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> call.run().interrupt(NAME, "child?"));
        Lab lab = lab(durability).body((input, calls, run) -> {
            String task = calls.scope("outer", input, (in, outer, r) -> {
                        String nested = outer.scope("inner", in, (x, c, inner) -> inner.interrupt(NAME, "nested?"))
                                .join();
                        return nested + r.interrupt(NAME, "task?");
                    })
                    .join();
            String below = calls.raw().child(child, input).join();
            return task + below + run.interrupt(NAME, "root?");
        });

        RunResult<String> result = lab.workflow().invoke("rain", T);
        List<String> asked = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (int n = 1; result instanceof Interrupted<String> pause; n++) {
            assertThat(pause.pending()).hasSize(1);
            asked.add(pause.only(NAME).path());
            ids.add(pause.only(NAME).id());
            result = lab.restart().workflow().invoke(Command.resume("" + n), T);
        }

        assertThat(result.value()).isEqualTo("1234");
        assertThat(ids).hasSize(4);
        assertThat(asked)
                .containsExactly(
                        "task:outer#1/task:inner#1/ask:name#1",
                        "task:outer#1/ask:name#1",
                        "child:Lab.child#1/ask:name#1",
                        "ask:name#1");
        assertThat(lab.ran("inner")).isEqualTo(2);
        assertThat(lab.ran("outer")).isEqualTo(3);
    }

    @Tag("B113")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void keepsTasksThatFinishedBeforeAQuestion(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String made = input;
            for (int i = 0; i < 3; i++) {
                made = calls.task("step", made, s -> s + "+").join();
            }
            return calls.scope("ask", made, (in, c, r) -> in + r.interrupt(NAME, in))
                    .join();
        });

        lab.workflow().invoke("x", T);

        assertThat(lab.restart().workflow().invoke(Command.resume("!"), T).value())
                .isEqualTo("x+++!");
        assertThat(lab.ran("step")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void pausesForAQuestionOfATaskThatNobodyAwaits(Durability durability) throws Exception {
        AtomicReference<String> told = new AtomicReference<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.scope("lonely", input, (in, c, r) -> {
                told.set(r.interrupt(NAME, "anyone?"));
                return in;
            });
            return "done";
        });

        var pause = paused(lab.workflow().invoke("x", T));

        assertThat(pause.only(NAME).value()).isEqualTo("anyone?");
        assertThat(lab.workflow().state(T).value()).isNull();
        assertThat(lab.restart().workflow().invoke(Command.resume("me"), T).value())
                .isEqualTo("done");
        assertThat(told).hasValue("me");
    }

    @Tag("B101")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void failsTheRunWhenAQuestionCannotBeEncoded(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> String.valueOf(run.interrupt(Thread.currentThread())));

        assertThatThrownBy(() -> lab.workflow().invoke("x", T))
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(CodecException.class);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(lab.workflow().state(T).pending()).isEmpty();
    }

    @Tag("B103")
    @Test
    void failsAtOnceWithoutACheckpointer() throws Exception {
        Lab lab = opened(new Lab(null, Durability.ASYNC)).body((input, calls, run) -> run.interrupt(NAME, "who?"));

        assertThatThrownBy(() -> lab.workflow().invoke("x", RunConfig.none()))
                .hasRootCauseInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("checkpointer");
    }

    @Tag("B102")
    @Test
    void refusesAQuestionOutsideItsScope() throws Exception {
        AtomicReference<Run> leaked = new AtomicReference<>();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            leaked.set(run);
            return calls.task("leaf", input, in -> {
                        assertThatThrownBy(() -> run.interrupt(NAME, "here?")).isInstanceOf(IllegalStepException.class);
                        return in;
                    })
                    .join();
        });

        assertThat(lab.workflow().invoke("x", T).value()).isEqualTo("x");
        assertThatThrownBy(() -> leaked.get().interrupt(NAME, "late?")).isInstanceOf(IllegalStepException.class);
    }

    private static Interrupted<String> paused(RunResult<String> result) {
        return (Interrupted<String>) result;
    }
}
