package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFuture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main road: tasks, a question, another graph, the answer, the value. */
public abstract class ReplaySuite extends EngineSuite {
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void answersFinishedTasksFromTheLogAfterARestart(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String draft = calls.task("compose", input, s -> s + "!").join();
            while (!run.interrupt(OK, draft)) {
                draft = calls.task("revise", draft, s -> s + "?").join();
            }
            return draft;
        });

        RunResult<String> first = lab.workflow().invoke("rain", T);
        RunResult<String> second = lab.restart().workflow().invoke(answer(first, false), T);
        RunResult<String> third = lab.restart().workflow().invoke(answer(second, true), T);

        assertThat(third.value()).isEqualTo("rain!?");
        assertThat(lab.ran()).containsExactly("compose", "revise");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(lab.workflow().state(T).value()).isEqualTo("rain!?");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void leavesUnansweredScopesParkedWithoutRunningThemAgain(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> left = calls.scope("left", input, (in, c, r) -> "L" + r.interrupt(OK, "left?"));
            TaskFuture<String> right = calls.scope("right", input, (in, c, r) -> "R" + r.interrupt(OK, "right?"));
            run.sleep(Duration.ofMillis(1));
            return TaskFuture.allOf(List.of(left, right)).toString();
        });

        var pause = (RunResult.Interrupted<String>) lab.workflow().invoke("x", T);
        var right = pause.all(OK).stream()
                .filter(q -> q.value().equals("right?"))
                .findFirst()
                .orElseThrow();
        RunResult<String> half = lab.restart().workflow().invoke(right.answer(true), T);

        assertThat(lab.ran("left")).isEqualTo(1);
        assertThat(lab.ran("right")).isEqualTo(2);
        assertThat(((RunResult.Interrupted<String>) half).only(OK).value()).isEqualTo("left?");
        assertThat(lab.workflow().invoke(Command.resume(false), T).value()).isEqualTo("[Lfalse, Rtrue]");
    }

    private static Command answer(RunResult<String> result, boolean ok) {
        return ((RunResult.Interrupted<String>) result).only(OK).answer(ok);
    }
}
