package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepState;
import dev.clew.task.IllegalStepException;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts that take too long are abandoned: interrupted, refused, and nobody waits for them. */
@Timeout(20)
public abstract class TimeoutSuite extends TaskSuite {
    private static final Duration SHORT = Duration.ofMillis(40);

    private static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Tag("B084")
    @Tag("B085")
    @Tag("B087")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void blockingCodeIsInterruptedAtItsTimeoutAndRetried(Durability durability) throws Exception {
        List<Class<?>> seen = new CopyOnWriteArrayList<>();
        CountDownLatch interrupted = new CountDownLatch(2);
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable failed = catchThrowable(() -> calls.task(
                            "hang", t -> t.timeout(SHORT).retry(attempts(2).build()), "x", s -> {
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    seen.add(e.getClass());
                                    interrupted.countDown();
                                }
                                return "late";
                            })
                    .join());
            TaskFailedException e = (TaskFailedException) failed;
            return e.failure().attempts() + " " + e.failure().is(TaskTimeoutException.class) + pause(run);
        });

        lab.workflow().invoke("in", T);
        await(interrupted);

        assertThat(resume(lab)).isEqualTo("2 trueon");
        assertThat(lab.ran()).containsExactly("hang", "hang");
        assertThat(step(lab, "task:hang#1").status()).isEqualTo(StepState.Status.FAILED);
    }

    @Tag("B089")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLateResultIsDroppedAndTheHandlesOfTheAttemptAreDead(Durability durability) throws Exception {
        AtomicReference<TaskContext> kept = new AtomicReference<>();
        CountDownLatch timedOut = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        AtomicReference<Throwable> refused = new AtomicReference<>();
        TaskSpec<String> slow = TaskSpec.of("slow", TypeRef.of(String.class))
                .timeout(SHORT)
                .leaf(call -> {
                    kept.set(call.taskContext());
                    while (timedOut.getCount() > 0) {
                        quietly(() -> await(timedOut));
                    }
                    refused.set(catchThrowable(() -> kept.get().heartbeat()));
                    late.countDown();
                    return "late";
                });
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable failed = catchThrowable(() -> calls.raw().call(slow).join());
            timedOut.countDown();
            await(late);
            return failed.getClass().getSimpleName();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("TaskFailedException");
        assertThat(refused.get()).isInstanceOf(IllegalStepException.class).hasMessageContaining("is over");
        assertThat(step(lab, "task:slow#1").status()).isEqualTo(StepState.Status.FAILED);
    }

    @Tag("B085")
    @Tag("B088")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void heartbeatsKeepAnIdleTimeoutAway(Durability durability) throws Exception {
        TaskSpec<String> busy = TaskSpec.of("busy", TypeRef.of(String.class))
                .idleTimeout(Duration.ofMillis(600))
                .leaf(call -> {
                    for (int i = 0; i < 8; i++) {
                        pass(Duration.ofMillis(100));
                        call.taskContext().heartbeat();
                    }
                    return "done";
                });
        TaskSpec<String> idle = TaskSpec.of("idle", TypeRef.of(String.class))
                .idleTimeout(SHORT)
                .leaf(call -> {
                    new CountDownLatch(1).await();
                    return "never";
                });
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable failed = catchThrowable(() -> calls.raw().call(idle).join());
            return calls.raw().call(busy).join() + failed.getMessage().contains("idle timeout");
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("donetrue");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void waitingDoesNotCountNorDoesRunningATaskOneJoins(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.scope("s", t -> t.timeout(Duration.ofMillis(80)), "x", (s, c, r) -> {
                            r.sleep(Duration.ofMillis(120));
                            String one = c.task("own", s, x -> {
                                        pass(Duration.ofMillis(120));
                                        return x;
                                    })
                                    .join();
                            String both = TaskFuture.allOf(
                                            c.task("a", s, x -> {
                                                pass(Duration.ofMillis(60));
                                                return x;
                                            }),
                                            c.task("b", s, x -> {
                                                pass(Duration.ofMillis(60));
                                                return x;
                                            }))
                                    .toString();
                            return one + both;
                        })
                        .join());

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("x[x, x]");
    }

    @Tag("B054")
    @Tag("B090")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTaskBelowATimedOutScopeGoesOnAndTheNextAttemptJoinsIt(Durability durability) throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch early = new CountDownLatch(1);
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        calls.scope("s", t -> t.timeout(SHORT).retry(attempts(2).build()), "x", (s, c, r) -> {
                                            TaskFuture<String> finished = c.task("finished", "f", x -> {
                                                await(early);
                                                return x;
                                            });
                                            TaskFuture<String> slow = c.task("slow", s, x -> {
                                                await(second);
                                                return x;
                                            });
                                            if (r.attempt() == 1) {
                                                quietly(() -> new CountDownLatch(1).await());
                                                early.countDown();
                                            }
                                            second.countDown();
                                            return slow.join() + finished.join() + r.attempt();
                                        })
                                        .join()
                                + pause(run));

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("xf2on");
        assertThat(lab.ran("slow")).isEqualTo(1);
        assertThat(lab.ran("finished")).isEqualTo(1);
    }

    @Tag("B085")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void anEntrypointTimesOutAndIsRetriedWithItsMemo(Durability durability) throws Exception {
        Lab lab = lab(durability).body(w -> w.timeout(SHORT).retry(attempts(2).build()), (input, calls, run) -> {
            String kept = calls.task("kept", "k", s -> s).join();
            if (run.attempt() == 1) {
                new CountDownLatch(1).await();
            }
            return kept + run.attempt();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("k2");
        assertThat(lab.ran()).containsExactly("kept");
    }

    @Tag("B089")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTimedOutScopeCannotCallAnyMore(Durability durability) throws Exception {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        CountDownLatch tried = new CountDownLatch(1);
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable failed = catchThrowable(() -> calls.scope("s", t -> t.timeout(SHORT), "x", (s, c, r) -> {
                        quietly(() -> new CountDownLatch(1).await());
                        refused.set(catchThrowable(() -> c.task("after", s, x -> x)));
                        tried.countDown();
                        return s;
                    })
                    .join());
            await(tried);
            return failed.getClass().getSimpleName();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("TaskFailedException");
        assertThat(refused.get()).isInstanceOf(Error.class);
        assertThat(lab.ran()).containsExactly("s");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void cancellingAScopeCancelsWhatIsBelow(Durability durability) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Run> kept = new AtomicReference<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> scope = calls.scope(
                    "outer",
                    "x",
                    (s, c, r) -> c.scope("inner", s, (i, cc, rr) -> {
                                kept.set(rr);
                                return cc.task("leaf", t -> t.timeout(Duration.ofHours(1)), i, x -> {
                                            running.countDown();
                                            try {
                                                new CountDownLatch(1).await();
                                            } finally {
                                                interrupted.countDown();
                                            }
                                            return x;
                                        })
                                        .join();
                            })
                            .join());
            await(running);
            boolean cancelled = scope.cancel();
            await(interrupted);
            return cancelled + calls.task("next", "n", x -> x).join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("truen");
        assertThat(catchThrowable(() -> kept.get().now())).isInstanceOf(IllegalStepException.class);
        assertThat(step(lab, "task:outer#1").status()).isEqualTo(StepState.Status.CANCELLED);
    }

    /** An argument whose encoding may take long. */
    public record Held(String value) {
        static final ThreadLocal<Runnable> ENCODING = ThreadLocal.withInitial(() -> () -> {});

        @Override
        public String value() {
            ENCODING.get().run();
            return value;
        }
    }

    /** Waits however often the thread is interrupted, as encoding does. */
    private static void awaitAnyway(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            quietly(() -> await(latch));
        }
    }

    private static TaskSpec<String> holding(TaskBody<String> body) {
        return TaskSpec.of("held", TypeRef.of(String.class))
                .parameter("argument", TypeRef.of(Held.class))
                .leaf(body);
    }

    /** Calls a task; the call is under way until the attempt is over. */
    private static void callTooSlowly(
            TaskSpec<String> task, Lab.Calls calls, CountDownLatch over, CountDownLatch called) {
        Held.ENCODING.set(() -> awaitAnyway(over));
        try {
            calls.raw().call(task, new Held("x"));
        } finally {
            Held.ENCODING.remove();
            called.countDown();
        }
    }

    @Tag("B087")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAttemptThatIsAbandonedWhileItCallsATaskBeginsNothing(Durability durability) throws Exception {
        AtomicInteger began = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        TaskSpec<String> task = holding(call -> "ran " + began.incrementAndGet());
        Lab lab = lab(durability)
                .body((input, outer, run) -> outer.scope(
                                "slow", t -> t.timeout(SHORT).retry(attempts(50).build()), "x", (s, calls, inner) -> {
                                    if (inner.attempt() == 1) {
                                        callTooSlowly(task, calls, over, called);
                                    }
                                    over.countDown();
                                    await(called);
                                    return calls.raw().call(task, new Held("x")).join();
                                })
                        .join());

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("ran 1");
        assertThat(began).hasValue(1);
    }

    @Tag("B087")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAttemptThatIsAbandonedWhileItJoinsWhatAnotherLeftRunningDoesNotLoseIt(Durability durability)
            throws Exception {
        AtomicInteger began = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        TaskSpec<String> task = holding(call -> {
            int number = began.incrementAndGet();
            awaitAnyway(joined);
            return "ran " + number;
        });
        Lab lab = lab(durability)
                .body((input, outer, run) -> outer.scope(
                                "slow", t -> t.timeout(SHORT).retry(attempts(50).build()), "x", (s, calls, inner) -> {
                                    if (inner.attempt() == 1) {
                                        calls.raw().call(task, new Held("x"));
                                        new CountDownLatch(1).await();
                                    }
                                    if (inner.attempt() == 2) {
                                        callTooSlowly(task, calls, over, called);
                                    }
                                    over.countDown();
                                    await(called);
                                    TaskFuture<String> again = calls.raw().call(task, new Held("x"));
                                    Eventually.until(() -> began.get() > 0);
                                    joined.countDown();
                                    return again.join();
                                })
                        .join());

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("ran 1");
        assertThat(began).hasValue(1);
    }
}
