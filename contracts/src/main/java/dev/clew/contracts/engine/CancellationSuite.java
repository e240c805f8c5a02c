package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.state.StepState;
import dev.clew.task.TaskCancelledException;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is cancelled, outrun or not waited for any longer has an outcome too, and replay repeats it. */
@Timeout(20)
public abstract class CancellationSuite extends TaskSuite {
    @Tag("B067")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void losersStillRunningAreInterruptedAndCancelledWhenTheirScopeReturns(Durability durability) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> loser = calls.task("loser", "0", s -> hang(running, interrupted));
            await(running);
            return TaskFuture.anyOf(loser, calls.task("winner", "1", s -> s)).join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("1");
        await(interrupted);
        assertThat(step(lab, "task:loser#1").status()).isEqualTo(StepState.Status.CANCELLED);
    }

    private static String hang(CountDownLatch running, CountDownLatch interrupted) throws InterruptedException {
        running.countDown();
        try {
            new CountDownLatch(1).await();
            return "never";
        } finally {
            interrupted.countDown();
        }
    }

    @Tag("B092")
    @Tag("B093")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCancelledTaskIsInterruptedAndItsOutcomeIsReplayed(Durability durability) throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        List<Object> seen = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            CountDownLatch running = new CountDownLatch(1);
            TaskFuture<String> done = calls.task("done", input, s -> s);
            TaskFuture<String> victim = calls.task("victim", input, s -> hang(running, interrupted));
            done.join();
            if (!run.isReplaying()) {
                await(running);
            }
            seen.add(List.of(victim.cancel(), victim.cancel(), done.cancel()));
            seen.add(catchThrowable(victim::join).getClass());
            return "back" + pause(run);
        });

        lab.workflow().invoke("in", T);
        await(interrupted);

        assertThat(resume(lab)).isEqualTo("backon");
        assertThat(seen).hasSize(4).startsWith(List.of(true, true, false), TaskCancelledException.class);
        assertThat(seen.subList(2, 4)).isEqualTo(seen.subList(0, 2));
        assertThat(lab.ran("victim")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCancelledTaskDoesNotFailTheRunThatReturnsWithoutJoiningIt(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.scope("asker", input, (s, c, r) -> pause(r)).cancel();
            return "fine";
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("fine");
        assertThat(lab.workflow().state(T).pending()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aParkedTaskThatIsCancelledIsJoinedAsCancelled(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> asker = calls.scope("asker", input, (s, c, r) -> pause(r));
            TaskFuture.anyOf(asker, run.timer(Duration.ofMillis(30)));
            boolean cancelled = asker.cancel();
            return cancelled + " " + catchThrowable(asker::join).getClass().getSimpleName();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("true TaskCancelledException");
    }

    @Tag("B094")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aJoinThatTimesOutLeavesTheTaskRunningAndCanBeRepeated(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            CountDownLatch gate = new CountDownLatch(1);
            TaskFuture<String> slow = calls.task("slow", input, s -> {
                await(gate);
                return s;
            });
            Throwable late = catchThrowable(() -> slow.join(Duration.ofMillis(5)));
            gate.countDown();
            return late.getClass().getSimpleName() + slow.join(Duration.ofSeconds(30)) + pause(run);
        });

        lab.workflow().invoke("a", T);

        assertThat(resume(lab)).isEqualTo("TaskTimeoutExceptionaon");
        assertThat(lab.ran()).containsExactly("slow");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anUncaughtJoinTimeoutFailsTheRunAndTheNextAttemptWaitsAnew(Durability durability) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("slow", input, s -> {
                            await(gate);
                            return s;
                        })
                        .join(Duration.ofMillis(200)));

        assertThat(failure(lab)).hasCauseInstanceOf(TaskTimeoutException.class);
        gate.countDown();

        assertThat(proceed(lab)).isEqualTo("in");
    }
}
