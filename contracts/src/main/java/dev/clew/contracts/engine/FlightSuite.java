package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Faulty;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Storage;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskCancelledException;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of one key that are made while it is computed. */
@Timeout(30)
public abstract class FlightSuite extends CacheFixture {
    private static final int CALLS = 20;

    private final AtomicInteger executions = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);

    /** Ends once the latch is open. */
    private String slow(String input) throws InterruptedException {
        executions.incrementAndGet();
        open.await();
        return input + "!";
    }

    /** Hangs the first time, until it is interrupted. */
    private String hangsOnce(String input) throws InterruptedException {
        if (executions.incrementAndGet() == 1) {
            new CountDownLatch(1).await();
        }
        return input + "!";
    }

    private static List<TaskFuture<String>> fanOut(int calls, java.util.function.Supplier<TaskFuture<String>> call) {
        List<TaskFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            futures.add(call.get());
        }
        return futures;
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void callsOfOneScopeShareOneExecution(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            List<TaskFuture<String>> all = fanOut(CALLS, () -> calls.task("slow", CACHED, input, this::slow));
            open.countDown();
            return String.join("", TaskFuture.allOf(all));
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("a!".repeat(CALLS));
        assertThat(executions).hasValue(1);
    }

    /** The leader has the only permit, and the other task needs it next: followers have none. */
    @ParameterizedTest
    @EnumSource(Storage.class)
    void followersHoldNoPermit(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            List<TaskFuture<String>> all = fanOut(CALLS, () -> calls.task("slow", CACHED, input, this::slow));
            all.add(calls.task("other", input, s -> s + "?"));
            open.countDown();
            return String.join("", TaskFuture.allOf(all));
        });

        RunResult<String> result = lab.workflow().invoke("a", T.maxConcurrency(1));

        assertThat(result.value()).isEqualTo("a!".repeat(CALLS) + "a?");
        assertThat(executions).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void runsOfOneGraphShareOneExecution(Storage storage) throws Exception {
        CountDownLatch accepted = new CountDownLatch(3);
        Lab lab = lab(storage).body((input, calls, run) -> {
            TaskFuture<String> call = calls.task("slow", CACHED, input, s -> {
                accepted.await();
                return s + run.threadId();
            });
            accepted.countDown();
            return call.join();
        });

        List<CompletableFuture<RunResult<String>>> runs = new ArrayList<>();
        for (String thread : List.of("a", "b", "c")) {
            runs.add(lab.workflow().invokeAsync("x", RunConfig.thread(thread)));
        }
        List<String> values = runs.stream().map(run -> run.join().value()).toList();

        assertThat(values.stream().distinct()).hasSize(1);
        assertThat(lab.ran("slow")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void failingLeaderLetsTheNextOneRun(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            List<TaskFuture<String>> all = fanOut(
                    CALLS,
                    () -> calls.task("slow", CACHED, input, s -> {
                        open.await();
                        if (executions.incrementAndGet() == 1) {
                            throw new IOException("no voice");
                        }
                        return s + "!";
                    }));
            open.countDown();
            int failed = 0;
            for (TaskFuture<String> future : all) {
                try {
                    future.join();
                } catch (TaskFailedException expected) {
                    failed++;
                }
            }
            return failed + " failed";
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("1 failed");
        assertThat(executions).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void cancelledLeaderLetsTheNextOneRun(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            TaskFuture<String> leader = calls.task("slow", CACHED, input, this::hangsOnce);
            List<TaskFuture<String>> followers =
                    fanOut(CALLS, () -> calls.task("slow", CACHED, input, this::hangsOnce));
            Eventually.until(() -> executions.get() > 0);
            leader.cancel();
            return String.join("", TaskFuture.allOf(followers));
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("a!".repeat(CALLS));
        assertThat(executions).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void leaderThatWaitsForAPermitCanBeCancelled(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            TaskFuture<String> blocker = calls.task("blocker", input, this::slow);
            TaskFuture<String> leader = calls.task("quick", CACHED, input, s -> s + "?");
            TaskFuture<String> follower = calls.task("quick", CACHED, input, s -> s + "?");
            leader.cancel();
            open.countDown();
            return blocker.join() + follower.join();
        });

        assertThat(lab.workflow().invoke("a", T.maxConcurrency(1)).value()).isEqualTo("a!a?");
        assertThat(lab.ran("quick")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void leaderThatTimesOutLetsTheNextOneRun(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            List<TaskFuture<String>> all = fanOut(
                    3,
                    () -> calls.task(
                            "slow",
                            task -> CACHED.apply(task).timeout(Duration.ofMillis(300)),
                            input,
                            this::hangsOnce));
            int failed = 0;
            for (TaskFuture<String> future : all) {
                try {
                    future.join();
                } catch (TaskFailedException expected) {
                    failed++;
                }
            }
            return failed + " failed";
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("1 failed");
        assertThat(executions).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void cancelledFollowerLeavesTheOthersAlone(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            TaskFuture<String> leader = calls.task("slow", CACHED, input, this::slow);
            TaskFuture<String> cancelled = calls.task("slow", CACHED, input, this::slow);
            TaskFuture<String> follower = calls.task("slow", CACHED, input, this::slow);
            boolean done = cancelled.cancel();
            open.countDown();
            try {
                return cancelled.join();
            } catch (TaskCancelledException expected) {
                return done + leader.join() + follower.join();
            }
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("truea!a!");
        assertThat(executions).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void cancelledRunOfTheLeaderLetsAnotherRunGoOn(Durability durability) throws Exception {
        CountDownLatch accepted = new CountDownLatch(2);
        Lab lab = lab(Storage.valueOf(durability.name())).body((input, calls, run) -> {
            TaskFuture<String> call = calls.task("slow", CACHED, "same", this::hangsOnce);
            accepted.countDown();
            return call.join();
        });

        var leader = lab.workflow().invokeAsync("a", T);
        Eventually.until(() -> executions.get() > 0);
        var follower = lab.workflow().invokeAsync("b", OTHER);
        accepted.await();
        lab.workflow().cancel(T);

        assertThat(follower.join().value()).isEqualTo("same!");
        assertThat(leader.handle((value, error) -> error).join()).isNotNull();
    }

    /** Scopes take no part, so a scope that calls itself cannot wait for itself. */
    @ParameterizedTest
    @EnumSource(Storage.class)
    void cachedScopeMayCallATaskOfItsOwnKey(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            Lab.Body inner =
                    (in, c, r) -> c.task("leaf", CACHED, in, s -> s + "!").join();
            Lab.Body outer = (in, c, r) -> c.scope("scope", CACHED, in, inner).join();
            return calls.scope("scope", CACHED, input, outer).join();
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("a!");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void brokenCacheDoesNotKeepFollowersFromTheResult(Storage storage) throws Exception {
        Faulty cache = new Faulty(newCache()).broken();
        Lab lab = lab(storage, cache).body((input, calls, run) -> {
            List<TaskFuture<String>> all = fanOut(CALLS, () -> calls.task("slow", CACHED, input, this::slow));
            open.countDown();
            return String.join("", TaskFuture.allOf(all));
        });

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("a!".repeat(CALLS));
        assertThat(executions).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void callsOfManyKeysAtOnceEndWithFewPermits(Storage storage) throws Exception {
        Lab lab = lab(storage).body((input, calls, run) -> {
            Lab.Body half = (in, c, r) -> {
                List<TaskFuture<String>> all = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    all.add(c.task("leaf", CACHED, "" + i % 7, s -> s));
                }
                return String.join("", TaskFuture.allOf(all));
            };
            List<TaskFuture<String>> scopes = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                scopes.add(calls.scope("half", input, half));
            }
            return "" + String.join("", TaskFuture.allOf(scopes)).length();
        });

        assertThat(lab.workflow().invoke("a", T.maxConcurrency(2)).value()).isEqualTo("1000");
        assertThat(lab.ran("leaf")).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void doesNotRunAStepTwiceThatGoesOnBelowAParkedOneWhenItsScopeTimedOut(Durability durability) throws Exception {
        InterruptKey<String, String> name = InterruptKey.of("name", String.class, String.class);
        Gate gate = new Gate();
        Gate tooLate = new Gate();
        CountDownLatch again = new CountDownLatch(1);
        RetryPolicy atOnce =
                RetryPolicy.builder().initialInterval(Duration.ofMillis(1)).build();
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.scope(
                                "slow",
                                task -> task.retry(atOnce).timeout(Duration.ofMillis(300)),
                                input,
                                (in, c, r) -> {
                                    TaskFuture<String> fan = c.scope("fan", in, (fin, fc, fr) -> {
                                        TaskFuture<String> busy = fc.scope(
                                                "busy",
                                                fin,
                                                (bin, bc, br) -> bc.task("leaf", bin, gate::pass)
                                                        .join());
                                        return fr.interrupt(name, "who?") + busy.join();
                                    });
                                    if (r.attempt() == 1) {
                                        gate.awaitArrival();
                                        tooLate.pass("");
                                    }
                                    for (int beat = 0; beat < 20; beat++) {
                                        c.task("beat", "", b -> b).join();
                                    }
                                    again.countDown();
                                    return fan.join();
                                })
                        .join());
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
        gate.open();
        var asked = (RunResult.Interrupted<String>) result.get(20, TimeUnit.SECONDS);

        assertThat(lab.ran("leaf")).isEqualTo(1);
        assertThat(lab.workflow().invoke(asked.only(name).answer("A"), T).value())
                .isEqualTo("Ax");
        assertThat(lab.ran("leaf")).isEqualTo(1);
    }
}
