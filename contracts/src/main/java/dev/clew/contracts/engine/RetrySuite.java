package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunListener;
import dev.clew.task.Failure;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.value.IllegalRequestException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts: which failures are tried again, how often, when, and what is kept between them. */
@Timeout(20)
public abstract class RetrySuite extends TaskSuite {
    @Tag("B072")
    @Tag("B074")
    @Tag("B077")
    @Tag("B078")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyAttemptIsCountedAndToldAndTheLastFailureIsThrown(Durability durability) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Lab lab = lab(durability)
                .options(graph -> graph.listener(new RunListener() {
                    @Override
                    public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
                        told.add("retried " + step.attempt());
                    }

                    @Override
                    public void stepFailed(RunInfo run, StepInfo step, Failure failure) {
                        told.add("failed " + step.name() + step.attempt());
                    }
                }))
                .body((input, calls, run) -> {
                    Throwable once = catchThrowable(() -> calls.task("once", "1", s -> fail(new IOException()))
                            .join());
                    Throwable thrice = catchThrowable(() -> calls.task(
                                    "thrice", t -> t.retry(attempts(3).build()), "3", s -> fail(new IOException()))
                            .join());
                    return ((TaskFailedException) once).failure().attempts() + " "
                            + ((TaskFailedException) thrice).failure().attempts();
                });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("1 3");
        assertThat(lab.ran()).containsExactly("once", "thrice", "thrice", "thrice");
        assertThat(told).containsExactly("failed once1", "retried 1", "retried 2", "failed thrice3");
        assertThat(step(lab, "task:thrice#1").attempts()).isEqualTo(3);
    }

    private static String fail(Exception with) throws Exception {
        throw with;
    }

    @Tag("B075")
    @Tag("B081")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void theFirstPolicyThatMatchesDecidesAndAttemptsAreCountedOnce(Durability durability) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable failed = catchThrowable(() -> calls.task(
                            "mixed",
                            t -> t.retry(attempts(3).retryOn(IOException.class).build())
                                    .retry(attempts(9)
                                            .retryIf(e -> e instanceof IllegalStateException)
                                            .build()),
                            "x",
                            s -> fail(
                                    tries.incrementAndGet() < 3 ? new IllegalStateException() : new ConnectException()))
                    .join());
            return "" + ((TaskFailedException) failed).failure().attempts();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("3");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aPredicateThatThrowsEndsTheRetryingAndNotTheEngine(Durability durability) throws Exception {
        RetryPolicy broken = attempts(3).retryIf(e -> e.getMessage().isEmpty()).build();
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable failed =
                    catchThrowable(() -> calls.task("x", t -> t.retry(broken), "x", s -> fail(new IOException()))
                            .join());
            return ((TaskFailedException) failed).failure().type();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo(IOException.class.getName());
    }

    @Tag("B087")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void attemptsCountOnAcrossACrash(Durability durability) throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        List<Integer> numbers = new CopyOnWriteArrayList<>();
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.scope(
                                "s", t -> t.retry(attempts(3).build()), "x", (s, c, r) -> {
                                    numbers.add(r.attempt());
                                    if (r.attempt() == 2 && second.getCount() == 1) {
                                        second.countDown();
                                        new CountDownLatch(1).await();
                                    }
                                    return fail(new IOException("attempt " + r.attempt()));
                                })
                        .join());

        lab.workflow().invokeAsync("in", T);
        await(second);
        lab.crash();

        if (durability != Durability.EXIT) {
            assertThat(proceedFails(lab).failure().attempts()).isEqualTo(3);
            assertThat(numbers).containsExactly(1, 2, 2, 3);
        }
    }

    @Tag("B053")
    @Tag("B079")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRetriedEntrypointKeepsItsMemoAndItsPolicyIsNotInherited(Durability durability) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Lab lab = lab(durability).body(w -> w.retry(attempts(3).build()), (input, calls, run) -> {
            String kept = calls.task("kept", "k", s -> s).join();
            return kept
                    + run.attempt()
                    + calls.task("bad", "b", s -> tries.incrementAndGet() < 3 ? fail(new IOException()) : s)
                            .join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("k3b");
        assertThat(lab.ran()).containsExactly("kept", "bad", "bad", "bad");
    }

    @Tag("B053")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRetriedEntrypointKeepsItsMemoWithoutACheckpointerToo(Durability durability) {
        AtomicInteger tries = new AtomicInteger();
        Lab lab = unstored().body(w -> w.retry(attempts(3).build()), (input, calls, run) -> {
            String kept = calls.task("kept", "k", s -> s).join();
            return kept
                    + calls.task("bad", "b", s -> tries.incrementAndGet() < 3 ? fail(new IOException()) : s)
                            .join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("kb");
        assertThat(lab.ran()).containsExactly("kept", "bad", "bad", "bad");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLongBackOffParksTheRunAndOneAttemptFollows(Durability durability) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Lab lab = lab(durability)
                .options(graph -> graph.parkAfter(Duration.ZERO))
                .body((input, calls, run) -> calls.task(
                                        "shaky",
                                        t -> t.retry(attempts(3)
                                                .initialInterval(Duration.ofMillis(300))
                                                .build()),
                                        "x",
                                        s -> tries.incrementAndGet() == 1 ? fail(new IOException()) : s)
                                .join()
                        + pause(run));

        lab.workflow().invoke("in", T);

        assertThat(lab.ran()).containsExactly("shaky", "shaky");
        assertThat(resume(lab)).isEqualTo("xon");
        assertThat(lab.ran()).containsExactly("shaky", "shaky");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aScopeThatWasRetriedAndThenParkedIsNotRunAgainForOthers(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            var left = calls.scope("left", t -> t.retry(attempts(2).build()), "x", (s, c, r) -> {
                if (r.attempt() == 1) {
                    fail(new IOException());
                }
                return r.interrupt(GO, "left?");
            });
            var right = calls.scope("right", "x", (s, c, r) -> r.interrupt(GO, "right?"));
            return left.join() + right.join();
        });

        lab.workflow().invoke("in", T);
        var right = lab.workflow().state(T).all(GO).stream()
                .filter(q -> q.value().equals("right?"))
                .findFirst()
                .orElseThrow();
        lab.restart().workflow().invoke(right.answer("R"), T);

        assertThat(lab.ran("left")).isEqualTo(2);
        assertThat(lab.workflow().state(T).wakeAt()).isNull();
        assertThat(lab.workflow()
                        .invoke(lab.workflow().state(T).only(GO).answer("L"), T)
                        .value())
                .isEqualTo("LR");
    }

    @Tag("B080")
    @Tag("B082")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void misuseAndPausesAreNotRetriedAndACancellationOfOnesOwnIsAFailure(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            RetryPolicy all = attempts(3).retryIf(e -> true).build();
            Throwable ours = catchThrowable(
                    () -> calls.task("ours", t -> t.retry(all), "x", s -> fail(new IllegalRequestException("no")))
                            .join());
            Throwable own = catchThrowable(() -> calls.task("own", "x", s -> fail(new CancellationException("mine")))
                    .join());
            String asked = calls.scope("asks", t -> t.retry(all), "x", (s, c, r) -> pause(r))
                    .join();
            return asked
                    + ((TaskFailedException) ours).failure().attempts()
                    + ((TaskFailedException) own).failure().is(CancellationException.class);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("on1true");
    }
}
