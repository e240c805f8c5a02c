package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits count what executes and never lock; tasks that end elsewhere; errors that are no outcomes. */
@Timeout(20)
public abstract class ConcurrencySuite extends TaskSuite {
    private static String nest(int depth, String s, Lab.Calls calls) {
        if (depth == 0) {
            return TaskFuture.allOf(calls.task("leaf", s, x -> x), calls.task("leaf", s, x -> x))
                    .get(0);
        }
        List<TaskFuture<String>> below = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            below.add(calls.scope("s" + depth, s, (x, c, r) -> nest(depth - 1, x, c)));
        }
        return TaskFuture.allOf(below).get(1);
    }

    @Tag("B096")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLimitOfOneNeverLocksFiveScopesDeep(Durability durability) throws Exception {
        Lab graph =
                lab(durability).options(g -> g.maxConcurrency(1)).body((input, calls, run) -> nest(5, input, calls));

        assertThat(graph.workflow().invoke("deep", T).value()).isEqualTo("deep");
        assertThat(graph.ran("leaf")).isEqualTo(64);
    }

    @Tag("B096")
    @Tag("B097")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInvocationHasItsOwnLimit(Durability durability) throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch pair = new CountDownLatch(2);
        Lab lab = lab(durability).body((input, calls, run) -> {
            List<TaskFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(calls.task("t", "" + i, s -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    pair.countDown();
                    await(pair);
                    now.decrementAndGet();
                    return s;
                }));
            }
            return nest(2, "" + TaskFuture.allOf(all).size(), calls);
        });

        assertThat(lab.workflow().invoke("in", T.maxConcurrency(2)).value()).isEqualTo("20");
        assertThat(most.get()).isEqualTo(2);
    }

    @Tag("B093")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCancelledTaskGivesItsPermitBackStartedOrNot(Durability durability) throws Exception {
        Lab lab = lab(durability).options(g -> g.maxConcurrency(1)).body((input, calls, run) -> {
            for (int i = 0; i < 50; i++) {
                calls.scope(
                                "gone",
                                "" + i,
                                (s, c, r) -> c.task("below", s, x -> x).join())
                        .cancel();
            }
            return calls.scope("last", input, (s, c, r) -> nest(1, s, c)).join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("in");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void cancellingWhatIsJustEndingLosesNothing(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            int cancelled = 0;
            for (int i = 0; i < 200; i++) {
                TaskFuture<String> quick =
                        calls.task("quick", t -> t.retry(attempts(2).build()), "" + i, s -> {
                            if (Integer.parseInt(s) % 3 == 0) {
                                throw new IOException();
                            }
                            return s;
                        });
                TaskFuture<String> scope = calls.scope(
                        "scope", "" + i, (s, c, r) -> c.task("in", s, x -> x).join());
                cancelled += quick.cancel() ? 1 : 0;
                cancelled += scope.cancel() ? 1 : 0;
                quietly(quick::join);
            }
            return cancelled + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).endsWith("on");
    }

    @Tag("B010")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTaskMayEndOnAnotherThread(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> good = calls.raw().call(stage(CompletableFuture.supplyAsync(() -> "async")));
            TaskFuture<String> bad = calls.raw().call(stage(CompletableFuture.failedFuture(new IOException("far"))));
            TaskFailedException failed = (TaskFailedException) catchThrowable(bad::join);
            return good.join()
                    + failed.failure().is(IOException.class)
                    + failed.failure().message()
                    + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("asynctruefaron");
    }

    private static TaskSpec<String> stage(CompletableFuture<String> stage) {
        return TaskSpec.of("stage", TypeRef.of(String.class)).leaf(call -> call.await(stage));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anErrorCrashesTheRunWhichStaysRecoverable(Durability durability) throws Exception {
        AtomicBoolean sick = new AtomicBoolean(true);
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> slow = calls.scope("waits", input, (s, c, r) -> pause(r));
            String kept = calls.task("kept", "k", s -> s).join();
            return kept
                    + calls.scope("sick", "s", (s, c, r) -> {
                                if (sick.get()) {
                                    throw new StackOverflowError("sick");
                                }
                                return s;
                            })
                            .join()
                    + (slow.cancel() ? "c" : "");
        });

        assertThatThrownBy(() -> lab.workflow().invoke("in", T)).isInstanceOf(StackOverflowError.class);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
        assertThat(lab.workflow().state(T).step("task:sick#1").map(s -> s.failure()))
                .isNotPresent();
        sick.set(false);

        assertThat(proceed(lab)).isEqualTo("ksc");
        assertThat(lab.ran("kept")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anErrorInTheBodyWaitsForNobody(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            CountDownLatch started = new CountDownLatch(1);
            calls.task("hangs", input, s -> {
                started.countDown();
                new CountDownLatch(1).await();
                return s;
            });
            await(started);
            throw new OutOfMemoryError("pretended");
        });

        assertThatThrownBy(() -> lab.workflow().invoke("in", T)).isInstanceOf(OutOfMemoryError.class);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailedAssertionIsAnOutcome(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable failed = catchThrowable(() -> calls.task("asserts", input, s -> {
                        throw new AssertionError("not so");
                    })
                    .join());
            return failed.getClass().getSimpleName() + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("TaskFailedExceptionon");
        assertThat(lab.ran()).containsExactly("asserts");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInterruptOfABodyReachesNoLeafThatItJoinsAndIsThereAfterwards(Durability durability) throws Exception {
        Lab.Leaf checks = s -> {
            Thread.sleep(1);
            return s + Thread.currentThread().isInterrupted();
        };
        Lab.Body interrupted = (input, calls, run) -> {
            Thread.currentThread().interrupt();
            String one = calls.task("one", "a", checks).join();
            List<String> both = TaskFuture.allOf(calls.task("two", "b", checks), calls.task("three", "c", checks));
            run.sleep(Duration.ofMillis(1));
            TaskFuture<String> raced = calls.task("four", "d", checks);
            String first = TaskFuture.anyOf(List.of(raced)).join();
            return one + both + first + Thread.interrupted();
        };
        Lab lab = lab(durability).body((input, calls, run) -> {
            String inBody = interrupted.run(input, calls, run);
            String inScope = calls.scope("scope", input, interrupted).join();
            return inBody + inScope + pause(run);
        });

        lab.workflow().invoke("in", T);

        String expected = "afalse[bfalse, cfalse]dfalsetrue";
        assertThat(resume(lab)).isEqualTo(expected + expected + "on");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInterruptThatABodyLeavesBehindReachesNoOtherRun(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            boolean inherited = Thread.currentThread().isInterrupted();
            Thread.currentThread().interrupt();
            return calls.scope("scope", input, (s, c, r) -> {
                                boolean toScope = Thread.currentThread().isInterrupted();
                                Thread.currentThread().interrupt();
                                return s + toScope;
                            })
                            .join()
                    + inherited;
        });

        for (int i = 0; i < 20; i++) {
            assertThat(lab.workflow().invoke("in", RunConfig.thread("t" + i)).value())
                    .isEqualTo("infalsefalse");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInterruptThatATaskLeavesBehindDoesNotFailItsPendingStage(Durability durability) throws Exception {
        CompletableFuture<String> pending = new CompletableFuture<>();
        CountDownLatch waits = new CountDownLatch(1);
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.raw()
                        .<String>call(
                                TaskSpec.of("stage", TypeRef.of(String.class)).leaf(call -> {
                                    Thread.currentThread().interrupt();
                                    waits.countDown();
                                    return call.await(pending);
                                }))
                        .join());

        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("in", T);
        await(waits);
        pending.complete("late");

        assertThat(result.get().value()).isEqualTo("late");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTaskThatIsCancelledStopsWaitingForItsStage(Durability durability) throws Exception {
        CompletableFuture<String> pending = new CompletableFuture<>();
        CountDownLatch waits = new CountDownLatch(1);
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> stage = calls.raw()
                    .call(TaskSpec.of("stage", TypeRef.of(String.class)).leaf(call -> {
                        Thread.currentThread().interrupt();
                        waits.countDown();
                        return call.await(pending);
                    }));
            await(waits);
            return "" + stage.cancel();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("true");
        Eventually.until(pending::isCancelled);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInterruptThatALeafLeavesBehindDoesNotReachOthers(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            for (int i = 0; i < 20; i++) {
                calls.task("rude", "" + i, s -> {
                            Thread.currentThread().interrupt();
                            return s;
                        })
                        .join();
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
            return "fine";
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("fine");
    }
}
