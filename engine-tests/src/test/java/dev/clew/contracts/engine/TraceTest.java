package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.interrupt.Command;
import dev.clew.state.ForkPoint;
import dev.clew.state.RunTrace;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.TracedStep;
import dev.clew.state.TracedStep.Cause;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trace says what a run did, and why steps ran again. */
@Timeout(30)
class TraceTest extends EngineSuite implements OnMemory {
    private RunTrace trace(Checkpointer store) {
        Operator operator = opened(Operator.of(store));
        return operator.trace("t", String.valueOf(operator.state("t").runId())).orElseThrow();
    }

    private static TracedStep step(RunTrace trace, String path) {
        return trace.steps().stream()
                .filter(step -> step.state().path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static List<Cause> causes(TracedStep step) {
        return step.reruns().stream().map(TracedStep.Rerun::cause).toList();
    }

    @Test
    void aRetriedStepHasEachAttemptWithItsFailure() throws Exception {
        RetryPolicy twice = RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(5))
                .build();
        AtomicInteger attempts = new AtomicInteger();
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .body((input, calls, run) -> calls.task("flaky", task -> task.retry(twice), input, s -> {
                            if (attempts.incrementAndGet() == 1) {
                                throw new IOException("the first attempt fails");
                            }
                            return s;
                        })
                        .join());
        lab.workflow().invoke("x", T);

        RunTrace trace = trace(store);
        TracedStep flaky = step(trace, "task:flaky#1");
        assertThat(trace.status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(flaky.tries()).hasSize(2);
        assertThat(flaky.tries().get(0).failure().message()).isEqualTo("the first attempt fails");
        assertThat(flaky.tries().get(0).nextAt()).isNotNull();
        assertThat(flaky.tries().get(1).failure()).isNull();
        assertThat(flaky.tries().get(1).startedAt())
                .isAfterOrEqualTo(flaky.tries().get(0).endedAt());
        assertThat(causes(flaky)).containsExactly(Cause.RETRIED);
        assertThat(flaky.valueSeq()).isPositive();
    }

    @Test
    void aStepWhoseProcessDiedRanAgainAndThoseAroundItDidNot() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            String two = calls.task("two", one, s -> {
                        if (times.getAndIncrement() == 0) {
                            never.await();
                        }
                        return s + "2";
                    })
                    .join();
            return calls.task("three", two, s -> s + "3").join();
        });
        var left = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.ran("two") > 0);
        lab.crash();
        assertThat(left).isCompletedExceptionally();
        lab.graph().recover().run("t").orElseThrow().join();

        RunTrace trace = trace(store);
        assertThat(trace.recoveries()).hasSize(1);
        assertThat(causes(step(trace, "task:one#1"))).isEmpty();
        assertThat(causes(step(trace, "task:two#1"))).containsExactly(Cause.RECOVERED);
        assertThat(causes(step(trace, "task:three#1"))).isEmpty();
    }

    @Test
    void aStepThatFailedRunsAgainIfTheRunProceeds() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .body((input, calls, run) -> calls.task("good", "g", s -> s).join()
                        + calls.task("bad", "b", s -> {
                                    if (broken.get()) {
                                        throw new IOException("bad");
                                    }
                                    return s;
                                })
                                .join());
        assertThat(lab.workflow().invokeAsync("x", T)).failsWithin(Duration.ofSeconds(10));
        RunTrace failed = trace(store);
        broken.set(false);
        lab.workflow().invoke(Command.proceed(), T);

        RunTrace trace = trace(store);
        assertThat(failed.status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(failed.failure()).isNotNull();
        assertThat(causes(step(trace, "task:good#1"))).isEmpty();
        assertThat(causes(step(trace, "task:bad#1"))).containsExactly(Cause.PROCEEDED);
        assertThat(step(trace, "task:bad#1").tries()).hasSize(2);
    }

    @Test
    void aForkThatProceedsIsNoRecovery() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task("two", one, s -> s + "2").join();
        });
        lab.workflow().invoke("x", T);
        var input = lab.workflow().history("t").get(1).config();
        var branch = lab.workflow().fork(input, ForkPoint.before("task:two#1"));
        lab.workflow().invoke(Command.proceed(), branch);

        RunTrace trace = trace(store);
        assertThat(lab.ran("two")).isEqualTo(2);
        assertThat(trace.recoveries()).isEmpty();
        assertThat(causes(step(trace, "task:two#1"))).isEmpty();
    }

    @Test
    void aQuestionHasItsPlacesAndNoAttempts() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> (String) run.interrupt(input));
        lab.workflow().invoke("who?", T);
        TracedStep open = trace(store).steps().get(0);
        lab.workflow().invoke(Command.resume("Ada"), T);
        TracedStep answered = trace(store).steps().get(0);

        assertThat(open.state().status()).isEqualTo(StepState.Status.PENDING);
        assertThat(open.questionSeq()).isNotNegative();
        assertThat(open.valueSeq()).isEqualTo(-1);
        assertThat(answered.valueSeq()).isGreaterThan(answered.questionSeq());
        assertThat(answered.tries()).isEmpty();
        assertThat(answered.reruns()).isEmpty();
    }

    @Test
    void anUnknownRunHasNoTrace() throws Exception {
        assertThat(opened(Operator.of(newStore())).trace("t", "none")).isEmpty();
    }
}
