package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What closing a graph does to its runs: they are drained, or sealed and left recoverable. */
@Tag("B147")
public abstract class ClosingSuite extends EngineSuite {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Lab waiting(Durability durability, Duration patience) throws Exception {
        return lab(durability).options(graph -> graph.closeTimeout(patience)).body((input, calls, run) -> {
            String first = calls.task("first", input, s -> s).join();
            String held = calls.task("held", first, s -> {
                        reached.countDown();
                        goOn.await();
                        return s + "!";
                    })
                    .join();
            return calls.task("after", held, s -> s + "?").join();
        });
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void letsARunningRunCallTasksAndFinishButTakesNoNewOne(Durability durability) throws Exception {
        Lab lab = waiting(durability, Duration.ofSeconds(20));
        Workflow<String, String> workflow = lab.workflow();
        LabGraph graph = lab.graph();
        CompletableFuture<RunResult<String>> result = workflow.invokeAsync("x", T);
        reached.await();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(graph::close);
        Eventually.until(() -> refuses(workflow));
        goOn.countDown();
        closing.get();

        assertThat(result.get().value()).isEqualTo("x!?");
        assertThat(lab.restart().workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
    }

    private static boolean refuses(Workflow<String, String> workflow) {
        return workflow.invokeAsync("y", T.whenBusy(dev.clew.flow.WhenBusy.reject()))
                .handle((value, error) -> error instanceof RequestRefusedException
                        || error != null && error.getCause() instanceof RequestRefusedException)
                .join();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void sealsARunThatDoesNotEndInTimeAndLeavesItRecoverable(Durability durability) throws Exception {
        Lab lab = waiting(durability, Duration.ZERO);
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        reached.await();

        lab.restart();
        goOn.countDown();

        assertThatThrownBy(result::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RequestRefusedException.class);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x!?");
        assertThat(lab.ran("first")).isEqualTo(1);
    }

    /** A way in which a run can wait for a shorter time than {@code parkAfter}. */
    enum Waiting {
        SLEEP {
            @Override
            String run(String input, Lab.Calls calls, Run run) {
                run.sleep(WAIT);
                return calls.task("after", input, s -> s).join();
            }
        },
        SLEEP_IN_A_SCOPE {
            @Override
            String run(String input, Lab.Calls calls, Run run) {
                return calls.scope("scope", input, SLEEP::run).join();
            }
        },
        RETRY {
            @Override
            String run(String input, Lab.Calls calls, Run run) {
                RetryPolicy later = RetryPolicy.builder()
                        .initialInterval(WAIT)
                        .jitter(false)
                        .build();
                return calls.task("after", t -> t.retry(later), input, s -> {
                            if (TRIES.getAndIncrement() == 0) {
                                throw new IOException("not yet");
                            }
                            return s;
                        })
                        .join();
            }
        },
        JOIN_OF_A_QUESTION {
            @Override
            String run(String input, Lab.Calls calls, Run run) {
                run.interrupt(InterruptKey.of("go", String.class, String.class), "go?", WAIT);
                return calls.task("after", input, s -> s).join();
            }
        },
        JOIN_OF_A_SCOPE_THAT_ASKS {
            @Override
            String run(String input, Lab.Calls calls, Run run) {
                TaskFuture<String> asks = calls.scope("asks", input, (s, c, r) -> (String) r.interrupt("go?"));
                try {
                    return asks.join(WAIT);
                } catch (TaskTimeoutException late) {
                    return calls.task("after", input, s -> s).join();
                }
            }
        },
        RACE {
            @Override
            String run(String input, Lab.Calls calls, Run run) {
                TaskFuture<?> asks = calls.scope("asks", input, (s, c, r) -> (String) r.interrupt("go?"));
                TaskFuture.anyOf(List.of(asks, run.timer(WAIT))).join();
                return calls.task("after", input, s -> s).join();
            }
        };

        static final Duration WAIT = Duration.ofSeconds(40);
        static final AtomicInteger TRIES = new AtomicInteger();

        abstract String run(String input, Lab.Calls calls, Run run) throws Throwable;
    }

    @Timeout(60)
    @ParameterizedTest
    @MethodSource("waits")
    @Execution(ExecutionMode.SAME_THREAD) // the tries are counted for one at a time
    void unwindsARunThatOnlyWaitsAtOnceAndRecoverContinuesItWhenItIsDue(Durability durability, Waiting waiting)
            throws Exception {
        Waiting.TRIES.set(0);
        SteppedWorld[] world = {new SteppedWorld()};
        Lab lab = lab(durability, world[0])
                .options(graph -> graph.world(world[0]).closeTimeout(ChronoUnit.FOREVER.getDuration()))
                .body(waiting::run);
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> world[0].alarms() > 0 || result.isDone());

        lab.close();

        Eventually.until(result::isDone);
        world[0] = new SteppedWorld(world[0].clock());
        assertThat(lab.workflow().state(T).status()).isIn(ThreadStatus.SLEEPING, ThreadStatus.INTERRUPTED);
        lab.graph().recover();
        world[0].advance(Duration.ofSeconds(39));
        assertThat(lab.workflow().state(T).status()).isIn(ThreadStatus.SLEEPING, ThreadStatus.INTERRUPTED);
        world[0].advance(Duration.ofSeconds(1));
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);
        assertThat(lab.workflow().state(T).value()).isEqualTo("x");
    }

    static List<Arguments> waits() {
        List<Arguments> all = new ArrayList<>();
        for (Durability durability : Durability.values()) {
            for (Waiting waiting : Waiting.values()) {
                all.add(Arguments.of(durability, waiting));
            }
        }
        return all;
    }

    @Timeout(60)
    @ParameterizedTest
    @EnumSource(Durability.class)
    void unwindsARunWhoseEntrypointWaitsForItsNextAttempt(Durability durability) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        SteppedWorld[] world = {new SteppedWorld()};
        RetryPolicy later = RetryPolicy.builder()
                .initialInterval(Waiting.WAIT)
                .jitter(false)
                .build();
        Lab lab = lab(durability, world[0])
                .options(graph -> graph.world(world[0]).closeTimeout(ChronoUnit.FOREVER.getDuration()))
                .body(spec -> spec.retry(later), (input, calls, run) -> {
                    if (tries.getAndIncrement() == 0) {
                        throw new IOException("not yet");
                    }
                    return input;
                });
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> world[0].alarms() > 0);

        lab.close();

        Eventually.until(result::isDone);
        world[0] = new SteppedWorld(world[0].clock());
        lab.graph().recover();
        world[0].advance(Duration.ofSeconds(39));
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.SLEEPING);
        world[0].advance(Duration.ofSeconds(1));
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);
        assertThat(tries).hasValue(2);
    }

    @Timeout(60)
    @ParameterizedTest
    @EnumSource(Durability.class)
    void sealsARunWhoseTaskWaitsForARunThatOnlyWaits(Durability durability) throws Exception {
        SteppedWorld[] world = {new SteppedWorld()};
        Lab lab = lab(durability, world[0])
                .options(graph -> LabGraph.lease(graph, SteppedWorld.LEASE)
                        .world(world[0])
                        .closeTimeout(ChronoUnit.FOREVER.getDuration()));
        lab.body((input, calls, run) -> {
            if (input.equals("below")) {
                run.sleep(Waiting.WAIT);
                return input;
            }
            return calls.task(
                            "leaf",
                            input,
                            s -> lab.workflow()
                                    .invoke("below", RunConfig.thread("below").runId("once"))
                                    .value())
                    .join();
        });
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> world[0].alarms() > 0);

        lab.close();

        Eventually.until(result::isDone);
        world[0] = new SteppedWorld(world[0].clock());
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
        lab.graph().recover();
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.RUNNING);
        Eventually.until(() -> {
            world[0].advance(Duration.ofSeconds(40));
            return lab.workflow().state(T).status() == ThreadStatus.IDLE;
        });
        assertThat(lab.workflow().state(T).value()).isEqualTo("below");
    }

    @Timeout(60)
    @Test
    void stopsARunThatIsNotStoredAndOnlyWaits() throws Exception {
        Lab lab = opened(new Lab(null, Durability.ASYNC))
                .options(graph -> graph.closeTimeout(ChronoUnit.FOREVER.getDuration()))
                .body((input, calls, run) -> {
                    run.sleep(Waiting.WAIT);
                    return input;
                });
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", RunConfig.none());
        Thread.sleep(100);

        lab.close();

        assertThatThrownBy(result::get).hasCauseInstanceOf(RequestRefusedException.class);
    }

    @Timeout(60)
    @Test
    void stopsARunThatIsNotStoredAsSoonAsItOnlyWaits() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Lab lab = opened(new Lab(null, Durability.ASYNC))
                .options(graph -> graph.closeTimeout(ChronoUnit.FOREVER.getDuration()))
                .body((input, calls, run) -> {
                    began.countDown();
                    goesOn.await();
                    run.sleep(Waiting.WAIT);
                    return input;
                });
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", RunConfig.none());
        began.await();

        Thread closing = new Thread(lab::close, "closing");
        closing.start();
        Eventually.until(
                () -> closing.getState() == Thread.State.TIMED_WAITING || closing.getState() == Thread.State.WAITING);
        goesOn.countDown();
        closing.join();

        assertThatThrownBy(result::get).hasCauseInstanceOf(RequestRefusedException.class);
    }

    /** The claim is stored when the graph is closed already. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatIsClaimedWhileTheGraphClosesDoesNotGoOn(Durability durability) throws Exception {
        Checkpointer store = newStore();
        AtomicReference<Runnable> afterClaim = new AtomicReference<>(() -> {});
        Checkpointer slow = new ForwardingCheckpointer(store) {
            @Override
            public Optional<Claim> claim(ClaimRequest request, Write first) {
                Optional<Claim> claim = super.claim(request, first);
                afterClaim.getAndSet(() -> {}).run();
                return claim;
            }
        };
        Lab lab = opened(new Lab(slow, durability))
                .options(graph -> graph.closeTimeout(Duration.ZERO))
                .body((input, calls, run) -> calls.task("step", run.interrupt("go on?") + input, s -> s)
                        .join());
        Workflow<String, String> workflow = lab.workflow();
        workflow.invoke("x", T);
        LabGraph graph = lab.graph();
        afterClaim.set(graph::close);

        assertThatThrownBy(() -> workflow.invoke(Command.resume("yes, "), T))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.CLOSED));

        assertThat(lab.ran()).isEmpty();
        Lab after = opened(new Lab(store, durability)).spec(lab.spec());
        RunResult<String> result = after.workflow().invoke(Command.proceed(), T);
        if (result instanceof RunResult.Interrupted<String>) {
            result = after.workflow().invoke(Command.resume("yes, "), T);
        }
        assertThat(result.value()).isEqualTo("yes, x");
    }
}
