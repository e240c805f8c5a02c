package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.StepState;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Joins, races and cancellations end the same way live and on replay. */
@Timeout(20)
public abstract class FuturesSuite extends TaskSuite {
    @Tag("B017")
    @Tag("B018")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void startsATaskAtTheCallAndReturnsItsFutureAtOnce(Durability durability) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, s -> {
                started.countDown();
                await(released);
                return s;
            });
            await(started);
            released.countDown();
            return slow.join() + pause(run);
        });

        assertThat(paused(lab.workflow().invoke("a", T))).isTrue();
        assertThat(resume(lab)).isEqualTo("aon");
        assertThat(lab.ran()).containsExactly("slow");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void allOfGivesResultsInArgumentOrderAndThrowsTheFirstFailureInThatOrder(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            CountDownLatch later = new CountDownLatch(1);
            TaskFuture<String> ok = calls.task("ok", "1", s -> s);
            TaskFuture<String> first = calls.task("first", "2", s -> {
                await(later);
                throw new IOException("first");
            });
            TaskFuture<String> second = calls.task("second", "3", s -> {
                later.countDown();
                throw new IOException("second");
            });
            List<String> good = TaskFuture.allOf(ok, calls.task("ok", "4", s -> s));
            Throwable failed = catchThrowable(() -> TaskFuture.allOf(ok, first, second));
            return good
                    + failed.getMessage().replaceAll(".*(first|second).*", "$1")
                    + failed.getSuppressed().length
                    + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("[1, 4]first1on");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theWinnerOfARaceIsFirstInTheLogLiveAndOnReplay(Durability durability) throws Exception {
        List<Integer> winners = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            CountDownLatch late = new CountDownLatch(1);
            List<TaskFuture<String>> racers = List.of(
                    calls.task("late", "0", s -> {
                        await(late);
                        return s;
                    }),
                    calls.task("early", "1", s -> s),
                    calls.scope("never", "2", (s, c, r) -> pause(r)));
            TaskFuture<String> first = TaskFuture.anyOf(racers);
            winners.add(racers.indexOf(first));
            late.countDown();
            racers.get(0).join();
            winners.add(winner(racers.subList(0, 2)));
            pause(run);
            return first.join();
        });

        lab.workflow().invoke("in", T);
        var questions = lab.workflow().state(T).all(GO);
        var own = questions.stream()
                .filter(q -> q.path().startsWith("ask"))
                .findFirst()
                .orElseThrow();
        String value = lab.restart().workflow().invoke(own.answer("on"), T).value();

        assertThat(value).isEqualTo("1");
        assertThat(winners).containsExactly(1, 1, 1, 1);
        assertThat(step(lab, "task:never#1").status()).isEqualTo(StepState.Status.CANCELLED);
        assertThat(lab.workflow().state(T).pending()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theWinnerOfARaceIsTheCandidateItselfLiveAndOnReplay(Durability durability) throws Exception {
        List<String> winners = new ArrayList<>();
        Lab lab = lab(durability);
        WorkflowSpec<String, String> child = WorkflowSpec.of(
                        "Lab.child", TypeRef.of(String.class), TypeRef.of(String.class))
                .body(call -> call.arg(0));
        lab.body((input, calls, run) -> {
            List<TaskFuture<?>> candidates = List.of(
                    calls.task("leaf", input, s -> s),
                    calls.scope("scope", input, (s, c, r) -> s),
                    calls.raw().child(child, input),
                    run.task("dynamic", String.class, () -> "d"),
                    run.timer(Duration.ofMillis(1)));
            for (TaskFuture<?> candidate : candidates) {
                TaskFuture<?> later = run.timer(Duration.ofHours(1));
                TaskFuture<?> first = TaskFuture.anyOf(later, candidate);
                TaskFuture<?> untyped = TaskFuture.anyOf(List.of(later, candidate));
                winners.add((first == candidate) + " " + (untyped == candidate) + " " + (first == later));
            }
            return pause(run);
        });

        lab.workflow().invoke("in", T);
        resume(lab);

        assertThat(winners).hasSize(10).containsOnly("true true false");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLoserThatFailsAfterTheRaceFailsNothingLiveOrOnReplay(Durability durability) throws Exception {
        CountDownLatch failing = new CountDownLatch(1);
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> loser = calls.task("loser", "0", s -> {
                await(failing);
                throw new IOException("too late");
            });
            TaskFuture<String> winner = TaskFuture.anyOf(calls.task("winner", "1", s -> s), loser);
            failing.countDown();
            quietly(loser::join);
            TaskFuture.anyOf(winner, loser);
            return winner.join() + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(step(lab, "task:loser#1").status()).isEqualTo(StepState.Status.FAILED);
        assertThat(resume(lab)).isEqualTo("1on");
    }

    @Tag("B066")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailureThatNobodyJoinedFailsTheRun(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.task("bad", input, s -> {
                throw new IOException("unseen");
            });
            return "ignored";
        });

        assertThat(failure(lab).failure().message()).isEqualTo("unseen");
    }

    @Tag("B031")
    @Tag("B067")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void returningWaitsForEveryTaskThatWasCalled(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.task("side", input, s -> s);
            calls.scope("asks", input, (s, c, r) -> pause(r));
            return "done";
        });

        assertThat(paused(lab.workflow().invoke("in", T))).isTrue();
        assertThat(resume(lab)).isEqualTo("done");
        assertThat(lab.ran()).containsOnlyOnce("side");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void futuresOfOtherScopesAreRefused(Durability durability) throws Exception {
        AtomicReference<TaskFuture<String>> outer = new AtomicReference<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            outer.set(calls.task("a", input, s -> s));
            return calls.scope(
                            "inner",
                            input,
                            (s, c, r) -> TaskFuture.allOf(List.of(c.task("b", s, x -> x), outer.get()))
                                    .toString())
                    .join();
        });

        assertThatThrownBy(() -> lab.workflow().invoke("in", T))
                .hasMessageContaining("join the others in the scope that called them");
        assertThatThrownBy(() -> TaskFuture.anyOf(List.of())).isInstanceOf(ClewException.class);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anOutcomeIsNotLostWhereThereIsNoCheckpointer(Durability durability) {
        Lab lab = unstored().body((input, calls, run) -> {
            TaskFuture<String> bad = calls.task("bad", input, s -> {
                throw new IOException("no");
            });
            Throwable seen = catchThrowable(bad::join);
            TaskFuture<String> gone = calls.scope("gone", input, (s, c, r) -> {
                r.sleep(Duration.ofHours(1));
                return s;
            });
            return ((TaskFailedException) seen).failure().is(IOException.class) + " " + gone.cancel() + " "
                    + TaskFuture.anyOf(run.timer(Duration.ofMillis(1)), run.timer(Duration.ofHours(1)))
                            .join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("true true null");
    }
}
