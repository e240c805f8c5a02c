package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.clew.Operator;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.state.LoggedStep;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.task.TaskFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timers in joins and in races: the log decides what came first, and what time it is. */
@Timeout(20)
public abstract class TimersSuite extends TaskSuite {
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aDeadlineTimerCanBeRacedAgainAndAgain(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<Void> deadline = run.timer(Duration.ofMillis(150));
            CountDownLatch never = new CountDownLatch(1);
            StringBuilder seen = new StringBuilder();
            for (int i = 0; ; i++) {
                boolean hangs = i == 3;
                TaskFuture<String> next = calls.task("next", "" + i, s -> {
                    if (hangs) {
                        never.await();
                    }
                    return s;
                });
                TaskFuture<?> first = TaskFuture.anyOf(next, deadline);
                if (first.equals(deadline)) {
                    return seen + "!" + next.cancel() + pause(run);
                }
                seen.append(next.join());
            }
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("012!trueon");
        assertThat(lab.ran("next")).isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTimerThatWasJoinedWinsALaterRaceLiveAndOnReplay(Durability durability) throws Exception {
        List<Object> seen = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<Void> timer = run.timer(Duration.ofMillis(2));
            timer.join();
            seen.add(run.now());
            TaskFuture<String> asker = calls.scope("asker", input, (s, c, r) -> pause(r));
            seen.add(TaskFuture.anyOf(timer, asker).equals(timer));
            seen.add(run.now());
            seen.add(timer.cancel());
            seen.add(catchThrowable(timer::join) == null);
            return asker.join();
        });

        lab.workflow().invoke("in", T);
        lab.restart().workflow().invoke(lab.workflow().state(T).only(GO).answer("on"), T);

        assertThat(seen).hasSize(10);
        assertThat(seen.subList(5, 10)).isEqualTo(seen.subList(0, 5));
        assertThat(seen.subList(1, 5)).containsExactly(true, seen.get(0), false, true);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTimerThatWasJoinedCannotBeCancelledLiveOrOnReplay(Durability durability) throws Exception {
        List<Object> seen = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<Void> joined = run.timer(Duration.ofMillis(2));
            joined.join();
            TaskFuture<Void> open = run.timer(Duration.ofHours(2));
            seen.add(joined.cancel());
            seen.add(open.cancel());
            seen.add(catchThrowable(joined::join) == null);
            seen.add(catchThrowable(open::join) == null);
            return pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("on");
        assertThat(seen).containsExactly(false, true, true, false, false, true, true, false);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anOutrunTimerThatComesDueLaterIsStillOpen(Durability durability) throws Exception {
        List<Object> seen = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<Void> timer = run.timer(Duration.ofMillis(20));
            TaskFuture<String> quick = calls.task("quick", input, s -> {
                new CountDownLatch(1).await(5, java.util.concurrent.TimeUnit.MILLISECONDS);
                return s;
            });
            seen.add(TaskFuture.anyOf(timer, quick).equals(timer));
            calls.task("slow", input, s -> {
                        new CountDownLatch(1).await(60, java.util.concurrent.TimeUnit.MILLISECONDS);
                        return s;
                    })
                    .join();
            seen.add(timer.cancel());
            return pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("on");
        assertThat(seen.subList(2, 4)).isEqualTo(seen.subList(0, 2));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTimerThatIsNeverJoinedIsNotWaitedFor(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            run.timer(Duration.ofDays(1));
            return "at once";
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("at once");
    }

    /** Otherwise the run would be woken for nothing, and whoever answers just then would find it busy. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTimerThatNobodyWaitsForDoesNotWakeARunThatWaitsForAPerson(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> quick = calls.task("quick", input, s -> s + "!");
            TaskFuture<Void> deadline = run.timer(Duration.ofDays(1));
            TaskFuture.anyOf(quick, deadline);
            String first = pause(run);
            TaskFuture<String> asker = calls.scope("asker", input, (s, c, r) -> pause(r));
            TaskFuture.anyOf(asker, deadline);
            return quick.join() + first + asker.join();
        });

        lab.workflow().invoke("in", T);
        assertThat(lab.workflow().state(T).wakeAt()).isNull();

        lab.workflow().invoke(lab.workflow().state(T).only(GO).answer("on"), T);
        assertThat(lab.workflow().state(T).wakeAt()).isNotNull();
        assertThat(resume(lab)).isEqualTo("in!onon");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void afterATimerTheTimeIsAtLeastItsDeadline(Durability durability) throws Exception {
        List<Instant> times = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            times.add(run.now());
            run.sleep(Duration.ofMillis(3));
            times.add(run.now());
            TaskFuture.anyOf(run.timer(Duration.ofMillis(4)), run.timer(Duration.ofHours(1)));
            times.add(run.now());
            TaskFuture.allOf(run.timer(Duration.ofMillis(2)), run.timer(Duration.ofMillis(1)));
            times.add(run.now());
            return pause(run);
        });

        lab.workflow().invoke("in", T);
        resume(lab);

        assertThat(times.subList(4, 8)).isEqualTo(times.subList(0, 4));
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(3));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSleepLongerThanParkAfterGivesTheThreadBackAndGoesOnByItself(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .options(graph -> graph.parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    String first = calls.task("first", input, s -> s).join();
                    run.sleep(Duration.ofMillis(40));
                    return first + calls.task("second", input, s -> s).join();
                });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("aa");
        assertThat(lab.ran()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void noStepOfAFinishedRunIsShownAsOpen(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            run.sleep(Duration.ofMillis(1));
            run.timer(Duration.ofHours(2));
            TaskFuture<String> asker = calls.scope("asker", input, (s, c, r) -> pause(r));
            TaskFuture<String> napper = calls.scope("napper", input, (s, c, r) -> {
                r.sleep(Duration.ofMillis(1));
                return s;
            });
            String first = TaskFuture.anyOf(asker, napper).join();
            run.timer(Duration.ofMillis(1)).join();
            return first;
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("in");

        ThreadState<String> state = lab.restart().workflow().state(T);
        assertThat(state.steps())
                .extracting(StepState::path, StepState::status)
                .containsExactlyInAnyOrder(
                        tuple("timer:sleep#1", StepState.Status.SUCCEEDED),
                        tuple("timer:timer#1", StepState.Status.CANCELLED),
                        tuple("timer:timer#2", StepState.Status.SUCCEEDED),
                        tuple("task:asker#1", StepState.Status.CANCELLED),
                        tuple("task:asker#1/ask:go#1", StepState.Status.WITHDRAWN),
                        tuple("task:napper#1", StepState.Status.SUCCEEDED),
                        tuple("task:napper#1/timer:sleep#1", StepState.Status.SUCCEEDED));
        assertThat(state.steps()).allSatisfy(step -> assertThat(step.deadline()).isNull());
        assertThat(state.diagram()).contains("withdrawn").doesNotContain("-.->").doesNotContain("asks");
        assertThat(opened(Operator.of(store)).log("t"))
                .extracting(LoggedStep::state)
                .containsExactlyInAnyOrderElementsOf(state.steps());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void noStepOfARunThatFailedOrWasLeftIsShownAsOpen(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.scope("asker", input, (s, c, r) -> pause(r));
            run.timer(Duration.ofHours(2));
            if (input.equals("fail")) {
                throw new IllegalStateException("no");
            }
            return pause(run);
        });
        quietly(() -> lab.workflow().invoke("fail", T));
        ThreadState<String> failed = lab.workflow().state(T);
        lab.workflow().invoke("ask", T);
        RunConfig asked = lab.workflow().history("t").get(0).config();
        lab.workflow().updateState(T, "set");
        ThreadState<String> left = lab.workflow().state(asked);

        assertThat(List.of(failed, left))
                .allSatisfy(state -> assertThat(state.steps())
                        .extracting(StepState::path, StepState::status)
                        .contains(
                                tuple("task:asker#1", StepState.Status.CANCELLED),
                                tuple("task:asker#1/ask:go#1", StepState.Status.WITHDRAWN),
                                tuple("timer:timer#1", StepState.Status.CANCELLED))
                        .doesNotContain(tuple("ask:go#1", StepState.Status.PENDING)));
    }
}
