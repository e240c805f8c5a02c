package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.SharedResources;
import dev.clew.contracts.lab.CountingCheckpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.engine.world.Machine;
import dev.clew.engine.world.World;
import dev.clew.flow.Durability;
import dev.clew.flow.RecoveredRun;
import dev.clew.flow.Recovery;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadStuckException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code recover()} finds, continues, leaves alone and reports. */
@Timeout(30)
public abstract class RecoverySuite extends EngineSuite {
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    /** A program that does "one", and then hangs the first time, until its process is dropped. */
    private Lab hangingOnce(Durability durability) throws Exception {
        Lab lab = lab(durability);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        lab.body((input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task("two", one, s -> {
                        if (times.getAndIncrement() == 0) {
                            never.await();
                        }
                        return s + "2";
                    })
                    .join();
        });
        return lab;
    }

    private static void startAndCrash(Lab lab, RunConfig config, String reached) {
        CompletableFuture<RunResult<String>> left = lab.workflow().invokeAsync("x", config);
        Eventually.until(() -> lab.ran(reached) > 0);
        lab.crash();
        assertThat(left).isCompletedExceptionally();
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    @Tag("B200")
    void continuesACrashedRunWithWhatWasRecorded(Durability durability) throws Exception {
        Lab lab = hangingOnce(durability);
        startAndCrash(lab, T, "two");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);

        Recovery recovery = lab.graph().recover();

        RecoveredRun run = recovery.run("t").orElseThrow();
        assertThat(run.workflow()).isEqualTo("Lab.run");
        assertThat(run.join().value()).isEqualTo("x12");
        assertThat(lab.ran()).containsExactly("one", "two", "two");
        assertThat(lab.graph().recover().runs()).isEmpty();
    }

    @Test
    @Tag("B200")
    void findsNothingOfARunThatExitModeLost() throws Exception {
        Lab lab = hangingOnce(Durability.EXIT);
        startAndCrash(lab, T, "two");

        assertThat(lab.graph().recover().runs()).isEmpty();
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(lab.workflow().invoke("x", T).value()).isEqualTo("x12");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void continuesARunThatClosingSealed(Durability durability) throws Exception {
        Lab lab = hangingOnce(durability).options(graph -> graph.closeTimeout(Duration.ZERO));
        CompletableFuture<RunResult<String>> left = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.ran("two") > 0);
        lab.restart();

        assertThat(left).isCompletedExceptionally();
        assertThat(lab.graph().recover().run("t").orElseThrow().join().value()).isEqualTo("x12");
        assertThat(lab.ran("one")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void wakesASleepingRunInTimeAfterARestart(Durability durability) throws Exception {
        SteppedWorld[] world = {new SteppedWorld()};
        Lab lab = sleeping(lab(durability, world[0]), SHORT, () -> world[0]);
        CompletableFuture<RunResult<String>> left = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        lab.close();
        assertThat(left).isCompletedExceptionally();
        world[0] = new SteppedWorld(world[0].clock());

        Recovery early = lab.graph().recover();

        assertThat(early.unknown()).isEmpty();
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.SLEEPING);
        world[0].advance(SHORT);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);
        assertThat(lab.workflow().state(T).value()).isEqualTo("x awake");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void continuesAtOnceWhatBecameDueWhileNobodyWasThere(Durability durability) throws Exception {
        Lab lab = sleeping(durability, SHORT);
        lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        lab.restart();
        Eventually.until(() -> lab.graph()
                        .threads(ThreadQuery.all().dueBefore(java.time.Instant.now()))
                        .size()
                == 1);

        assertThat(lab.graph().recover().run("t").orElseThrow().join().value()).isEqualTo("x awake");
    }

    private Lab sleeping(Durability durability, Duration nap) throws Exception {
        return sleeping(lab(durability), nap, Machine::new);
    }

    private static Lab sleeping(Lab lab, Duration nap, Supplier<World> world) {
        return lab.options(graph -> graph.parkAfter(Duration.ZERO).world(world.get()))
                .body((input, calls, run) -> {
                    run.sleep(nap);
                    return input + " awake";
                });
    }

    @Test
    void letsAQuestionLapseAfterARestart() throws Exception {
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> run.interrupt(OK, input, SHORT).isEmpty() ? "lapsed" : "answered");
        lab.workflow().invoke("x", T);
        lab.restart().graph().recover();

        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);

        assertThat(lab.workflow().state(T).value()).isEqualTo("lapsed");
    }

    @Test
    void repeatsItselfWhereTheBuilderSaysSo() throws Exception {
        Lab lab = hangingOnce(Durability.SYNC).options(graph -> graph.recoverEvery(Duration.ofMillis(20)));
        startAndCrash(lab, T, "two");

        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);

        assertThat(lab.workflow().state(T).value()).isEqualTo("x12");
    }

    @Test
    void reportsThreadsOfUnknownWorkflowsAndLeavesThemAlone() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> {
            calls.task("hang", input, s -> {
                        new CountDownLatch(1).await();
                        return s;
                    })
                    .join();
            return input;
        });
        startAndCrash(lab, T, "hang");
        LabGraph other = opened(LabGraph.builder().checkpointer(store).build());

        Recovery recovery = other.recover();

        assertThat(recovery.runs()).isEmpty();
        assertThat(recovery.unknown()).extracting(ThreadSummary::workflow).containsExactly("Lab.run");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);
    }

    @Test
    @ResourceLock(SharedResources.LOG)
    void warnsOncePerWorkflowOfThreadsThatItLeavesAlone() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> {
            calls.task("hang", input, s -> {
                        new CountDownLatch(1).await();
                        return s;
                    })
                    .join();
            return input;
        });
        startAndCrash(lab, RunConfig.thread("left alone 1"), "hang");
        startAndCrash(lab, RunConfig.thread("left alone 2"), "hang");
        LabGraph other = opened(LabGraph.builder().checkpointer(store).build());

        try (LogCapture log = new LogCapture()) {
            other.recover();

            assertThat(log.text())
                    .containsOnlyOnce(
                            "left 2 unfinished thread(s) of workflow 'Lab.run' alone, for example thread 'left alone 1'")
                    .contains("WARN", "list its old name in @Entrypoint(formerly = …)");
        }
    }

    @Test
    void leavesRunsAloneThatAnotherGraphExecutes() throws Exception {
        Checkpointer store = newStore();
        CountDownLatch goOn = new CountDownLatch(1);
        Lab owner = opened(new Lab(store, Durability.SYNC))
                .body((input, calls, run) -> calls.task("wait", input, s -> {
                            goOn.await();
                            return s;
                        })
                        .join());
        var result = owner.workflow().invokeAsync("x", T);
        Eventually.until(() -> owner.ran("wait") == 1);
        LabGraph other = opened(LabGraph.builder().checkpointer(store).build());

        assertThat(other.recover().unknown()).isEmpty();
        assertThat(owner.graph().recover().runs()).isEmpty();

        goOn.countDown();
        assertThat(result.get(5, TimeUnit.SECONDS).value()).isEqualTo("x");
        assertThat(owner.ran("wait")).isEqualTo(1);
    }

    @Test
    void givesRecoveredRunsTheBuildersContext() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC)
                .spec(WorkflowSpec.of("Lab.run", TypeRef.of(String.class), TypeRef.of(String.class))
                        .context(Integer.class)
                        .body(call -> {
                            reached.countDown();
                            never.await();
                            return call.arg(0) + " with " + call.context(Integer.class);
                        }));
        lab.workflow().invokeAsync("x", T.context(1));
        reached.await();
        lab.crash();
        assertThatThrownBy(() -> lab.graph().recover().run("t").orElseThrow().join())
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("needs a context of type java.lang.Integer");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CRASHED);

        never.countDown();
        lab.options(graph -> graph.context(42)).restart();

        assertThat(lab.graph().recover().run("t").orElseThrow().join().value()).isEqualTo("x with 42");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void isStuckAfterFiveClaimsWithoutProgress(Durability durability) throws Exception {
        Lab lab = lab(durability);
        CountDownLatch goOn = new CountDownLatch(1);
        lab.body((input, calls, run) -> calls.task("deadly", input, s -> {
                    goOn.await();
                    return s + "!";
                })
                .join());
        startAndCrash(lab, T, "deadly");
        for (int claim = 1; claim <= 5; claim++) {
            assertThat(lab.graph().recover().runs()).hasSize(1);
            int executions = claim + 1;
            Eventually.until(() -> lab.ran("deadly") == executions);
            lab.crash();
        }

        assertThatThrownBy(() -> lab.graph().recover().run("t").orElseThrow().join())
                .isInstanceOf(ThreadStuckException.class)
                .hasMessageContaining("Command.proceed()");

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.STUCK);
        assertThat(lab.graph().recover().runs()).isEmpty();
        goOn.countDown();
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x!");
    }

    /** In EXIT mode a claim leaves nothing in the log, so the thread's row must count. */
    @Test
    void isStuckAfterFiveClaimsThatLeftNothingInTheLog() throws Exception {
        Lab lab = lab(Durability.EXIT).options(graph -> graph.closeTimeout(Duration.ZERO));
        CountDownLatch goOn = new CountDownLatch(1);
        lab.body((input, calls, run) -> calls.task("deadly", input, s -> {
                    goOn.await();
                    return s + "!";
                })
                .join());
        var sealed = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.ran("deadly") == 1);
        lab.restart();
        assertThat(sealed).isCompletedExceptionally();
        // That the graph was closed is no fault of the run: the claim after that does not count.
        assertThat(lab.graph().recover().runs()).hasSize(1);
        Eventually.until(() -> lab.ran("deadly") == 2);
        lab.crash();

        crashFiveTimes(lab, "deadly");

        assertThatThrownBy(() -> lab.graph().recover().run("t").orElseThrow().join())
                .isInstanceOf(ThreadStuckException.class);
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.STUCK);
        goOn.countDown();
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x!");
    }

    @Test
    void isStuckWhereASleeperKillsItsProcessEachTimeItWakes() throws Exception {
        Lab lab = lab(Durability.EXIT).options(graph -> graph.parkAfter(Duration.ZERO));
        CountDownLatch goOn = new CountDownLatch(1);
        lab.body((input, calls, run) -> {
            run.sleep(SHORT);
            return calls.task("deadly", input, s -> {
                        goOn.await();
                        return s + "!";
                    })
                    .join();
        });
        lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.ran("deadly") == 1);
        lab.crash();

        crashFiveTimes(lab, "deadly");

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.STUCK);
        assertThat(lab.graph().recover().runs()).isEmpty();
        goOn.countDown();
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x!");
    }

    /** Recovers until the run is stuck, at most five times. */
    private static void crashFiveTimes(Lab lab, String reached) {
        long before = lab.ran(reached);
        for (int claim = 1; claim <= 5; claim++) {
            RecoveredRun run = lab.graph().recover().run("t").orElseThrow();
            long executions = before + claim;
            Eventually.until(
                    () -> lab.ran(reached) == executions || run.result().isDone());
            if (!run.result().isDone()) {
                lab.crash();
            }
        }
    }

    @Test
    void makesOnlySoManyRunsGoOnAtATime() throws Exception {
        int found = 200;
        Checkpointer store = newStore();
        CountDownLatch never = new CountDownLatch(1);
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .body((input, calls, run) -> calls.task("hang", input, s -> {
                            never.await();
                            return s;
                        })
                        .join())
                .options(graph -> graph.maxConcurrency(found));
        for (int i = 0; i < found; i++) {
            lab.workflow().invokeAsync("x", RunConfig.thread("t" + i));
        }
        Eventually.until(() -> lab.ran("hang") == found);
        lab.crash();
        AtomicInteger bodies = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Gate gate = new Gate();
        lab.options(graph -> graph.maxConcurrency(4)).body((input, calls, run) -> {
            most.accumulateAndGet(bodies.incrementAndGet(), Math::max);
            gate.pass(input);
            bodies.decrementAndGet();
            return calls.task("hang", input, s -> s + "!").join();
        });

        Recovery recovery = lab.graph().recover();
        Eventually.until(() -> bodies.get() == 64);
        Recovery again = lab.graph().recover();

        assertThat(recovery.runs()).hasSize(found);
        assertThat(again.runs()).hasSize(found - 64);
        gate.open();
        for (RecoveredRun run : recovery.runs()) {
            assertThat(run.join().value()).isEqualTo("x!");
        }
        again.runs().forEach(RecoveredRun::join);
        assertThat(most.get()).isLessThanOrEqualTo(64);
    }

    @Test
    void runsThatFallAsleepMakeRoomForOthers() throws Exception {
        int found = 100;
        Checkpointer store = newStore();
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger awake = new AtomicInteger();
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .options(graph -> graph.maxConcurrency(found).parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    awake.incrementAndGet();
                    return calls.task("hang", input, s -> {
                                never.await();
                                return s;
                            })
                            .join();
                });
        for (int i = 0; i < found; i++) {
            lab.workflow().invokeAsync("x", RunConfig.thread("t" + i));
        }
        Eventually.until(() -> awake.get() == found);
        Eventually.until(() -> lab.ran("hang") == found);
        lab.crash();
        lab.options(graph -> graph.maxConcurrency(4).parkAfter(Duration.ZERO)).body((input, calls, run) -> {
            calls.task("hang", input, s -> s).join();
            run.sleep(Duration.ofDays(1));
            return input;
        });

        lab.graph().recover();

        Eventually.until(() -> lab.graph()
                        .threads(ThreadQuery.all().status(ThreadStatus.SLEEPING))
                        .size()
                == found);
    }

    @Test
    void closingEndsTheWaitForRunsThatHadNoTurn() throws Exception {
        int found = 70;
        Checkpointer store = newStore();
        CountDownLatch never = new CountDownLatch(1);
        Lab.Body hanging = (input, calls, run) -> calls.task("hang", input, s -> {
                    never.await();
                    return s;
                })
                .join();
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .options(graph -> graph.maxConcurrency(found))
                .body(hanging);
        for (int i = 0; i < found; i++) {
            lab.workflow().invokeAsync("x", RunConfig.thread("t" + i));
        }
        Eventually.until(() -> lab.ran("hang") == found);
        lab.crash();
        lab.options(graph -> graph.maxConcurrency(1).closeTimeout(Duration.ZERO))
                .body(hanging);

        Recovery recovery = lab.graph().recover();
        lab.close();

        for (RecoveredRun run : recovery.runs()) {
            assertThat(run.result()).isCompletedExceptionally();
        }
    }

    @Test
    void keepsAWishToCancelThatTheDeadOwnerDidNotSee() throws Exception {
        Lab lab = hangingOnce(Durability.SYNC);
        startAndCrash(lab, T, "two");

        assertThat(lab.workflow().cancel(T)).isTrue();

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(lab.graph().recover().runs()).isEmpty();
    }

    @Test
    void recoversEachRunOnceThoughSeveralGraphsTry() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .body((input, calls, run) -> calls.task("once", input, s -> {
                            if (s.equals("hang")) {
                                new CountDownLatch(1).await();
                            }
                            return s;
                        })
                        .join());
        AtomicInteger executions = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            lab.workflow().invokeAsync("hang", RunConfig.thread("t" + i));
        }
        Eventually.until(() -> lab.ran("once") == 20);
        lab.graph().engine().crash();
        Lab.Body counting = (input, calls, run) -> calls.task("once", input, s -> {
                    executions.incrementAndGet();
                    return s;
                })
                .join();
        Lab one = opened(new Lab(store, Durability.SYNC)).body(counting);
        LabGraph first = one.graph();
        LabGraph second = opened(LabGraph.builder()
                .checkpointer(new ForwardingCheckpointer(store))
                .build());
        var workflow = second.add(one.spec());

        CompletableFuture<Recovery> there = CompletableFuture.supplyAsync(second::recover);
        first.recover().runs().forEach(RecoveredRun::join);
        there.get(10, TimeUnit.SECONDS).runs().forEach(RecoveredRun::join);

        assertThat(executions).hasValue(20);
        assertThat(workflow.state("t7").value()).isEqualTo("hang");
    }

    @Test
    void readsNoThreadThatRests() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.ASYNC)).body((input, calls, run) -> input);
        for (int i = 0; i < 50; i++) {
            lab.workflow().invoke("x", RunConfig.thread("idle-" + i));
        }
        CountingCheckpointer counted = new CountingCheckpointer(store);
        LabGraph graph = opened(LabGraph.builder().checkpointer(counted).build());

        Recovery recovery = graph.recover();

        assertThat(recovery.runs()).isEmpty();
        // Those that execute, those that are parked, and those that are due to be deleted.
        assertThat(counted.calls()).containsExactly("threads", "threads", "threads");
        assertThat(counted.threadsListed()).isZero();
        assertThat(store.checkpoints(CheckpointQuery.of("idle-1"))).hasSize(2);
    }

    /** Neither an alarm nor a read for each: the store is asked what is due, again and again. */
    @Test
    void runsThatAreDueLaterCostNothingBeforeTheirTime() throws Exception {
        int parked = 1_000;
        SteppedWorld before = new SteppedWorld();
        Checkpointer store = newStore(before);
        Lab.Body sleeping = (input, calls, run) -> {
            run.sleep(Duration.ofDays(1));
            return input + " awake";
        };
        Lab first = opened(new Lab(store, Durability.ASYNC))
                .options(graph -> graph.parkAfter(Duration.ZERO).world(before))
                .body(sleeping);
        for (int i = 0; i < parked; i++) {
            first.workflow().invokeAsync("x", RunConfig.thread("parked-" + i));
        }
        ThreadQuery asleep = ThreadQuery.all().status(ThreadStatus.SLEEPING).limit(parked + 1);
        Eventually.until(() -> store.threads(asleep).size() == parked);
        first.graph().engine().crash();
        SteppedWorld after = new SteppedWorld(before.clock());
        CountingCheckpointer counted = new CountingCheckpointer(store);
        Lab second = opened(new Lab(counted, Durability.ASYNC))
                .options(graph -> graph.parkAfter(Duration.ZERO).world(after))
                .body(sleeping);
        LabGraph graph = second.graph();
        long alarms = after.alarms();

        Recovery recovery = graph.recover();

        assertThat(recovery.runs()).isEmpty();
        assertThat(counted.threadsListed()).isZero();
        assertThat(after.alarms()).isEqualTo(alarms);
        after.advance(Duration.ofDays(1));
        Eventually.until(() -> store.threads(asleep).isEmpty());
        Eventually.until(() -> second.workflow().state("parked-7").status() == ThreadStatus.IDLE);
        assertThat(second.workflow().state("parked-7").value()).isEqualTo("x awake");
    }

    private static void hold(Gate gate, String threadId) {
        try {
            gate.pass(threadId);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** An alarm has gone off, and the claim is slow: the looks for what others parked leave the run to it. */
    @Test
    void aRunThatIsBeingWokenHereIsNotContinuedByALookAsWell() throws Exception {
        SteppedWorld world = new SteppedWorld();
        Gate gate = new Gate();
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger reads = new AtomicInteger();
        AtomicBoolean slow = new AtomicBoolean();
        Checkpointer store = new ForwardingCheckpointer(newStore(world)) {
            @Override
            public Optional<ThreadRecord> thread(String threadId) {
                if (slow.get()) {
                    reads.incrementAndGet();
                    hold(gate, threadId);
                }
                return super.thread(threadId);
            }

            @Override
            public List<ThreadRecord> threads(ThreadQuery query) {
                looks.incrementAndGet();
                return super.threads(query);
            }
        };
        Lab lab = opened(new Lab(store, Durability.ASYNC))
                .options(graph -> graph.parkAfter(Duration.ZERO).world(world))
                .body((input, calls, run) -> String.valueOf(run.interrupt(OK, input, Duration.ofDays(1))));
        lab.workflow().invoke("x", T);
        lab.graph().recover();
        slow.set(true);

        world.advance(Duration.ofDays(1));
        gate.awaitArrival();
        int before = looks.get();
        Eventually.until(() -> looks.get() >= before + 3);

        assertThat(reads).hasValue(1);
        slow.set(false);
        gate.open();
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);
    }

    @Test
    void isRefusedWithoutACheckpointerAndAfterClose() throws Exception {
        LabGraph stored = LabGraph.builder().checkpointer(newStore()).build();
        stored.close();

        assertThatThrownBy(stored::recover).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> opened(LabGraph.builder().build()).recover())
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("checkpointer");
    }
}
