package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.LabGraph;
import dev.clew.Operator;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenBusy;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.Worker;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that were invoked, and whose process is gone: a worker continues them, and no process calls {@code recover()}. */
@Timeout(60)
public abstract class UnattendedRunsSuite extends EngineSuite {
    private static final InterruptKey<String, String> OK = InterruptKey.of("ok", String.class, String.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NAP = Duration.ofHours(1);
    private static final Worker WORKER = Worker.of("q");

    private SteppedWorld world;
    private Checkpointer store;

    /** Lets what hangs in a process that is gone end at last. */
    private final CountDownLatch never = new CountDownLatch(1);

    @BeforeEach
    void open() throws Exception {
        world = new SteppedWorld();
        store = newStore(world);
        opened((AutoCloseable) never::countDown);
    }

    /** A process that invokes, and has no worker. */
    private Lab front(Durability durability) {
        return opened(new Lab(store, durability))
                .options(graph -> LabGraph.lease(graph.world(new SteppedWorld(world.clock())), LEASE)
                        .parkAfter(Duration.ZERO));
    }

    /** Another one, which has a worker. Its leases outlive the steps of the clock. */
    private Lab back(Durability durability, Worker worker, Checkpointer door) {
        return opened(new Lab(door, durability))
                .options(graph -> LabGraph.lease(graph.world(world), SteppedWorld.LEASE)
                        .parkAfter(Duration.ZERO)
                        .worker(worker));
    }

    private Lab back(Durability durability, Worker worker) {
        return back(durability, worker, new ForwardingCheckpointer(store));
    }

    private Lab.Body hanging() {
        return (input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task("two", one, s -> {
                        never.await();
                        return s;
                    })
                    .join();
        };
    }

    private static Lab.Body working() {
        return (input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task("two", one, s -> s + "2").join();
        };
    }

    /** Invokes these threads, each up to its second task. */
    private static void invoke(Lab front, int threads) {
        for (int i = 0; i < threads; i++) {
            front.workflow().invokeAsync("x", RunConfig.thread("t" + i));
        }
        Eventually.until(() -> front.ran("two") == threads);
    }

    private static void crash(Lab front) {
        front.graph().engine().crash();
    }

    /** Moves the clock second by second until this holds. */
    private void step(BooleanSupplier until) {
        Eventually.until(() -> {
            world.advance(SECOND);
            return until.getAsBoolean();
        });
    }

    private static boolean is(Lab lab, String thread, ThreadStatus status) {
        return lab.workflow().state(thread).status() == status;
    }

    /** Waits until the worker has looked for the first time. */
    private static void warm(Lab back) {
        assertThat(back.workflow()
                        .enqueue("warm", RunConfig.thread("warm").queue("q"))
                        .result()
                        .value())
                .isEqualTo("warm12");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void aWorkerContinuesACrashedRunThatWasInvokedOnceItsLeaseHasExpired(Durability durability) {
        Lab front = front(durability).body(hanging());
        Lab back = back(durability, WORKER).body(working());
        warm(back);
        invoke(front, 1);
        crash(front);

        step(() -> is(back, "t0", ThreadStatus.IDLE));

        assertThat(back.workflow().state("t0").value()).isEqualTo("x12");
        assertThat(back.ran()).containsExactly("one", "two", "two");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void aWorkerContinuesAtItsStartWhatAProcessLeftThatIsKnownToBeGone(Durability durability) {
        Lab front = front(durability).body(hanging());
        invoke(front, 1);
        crash(front);

        Lab back = back(durability, WORKER).body(working());
        back.graph();

        // Much less than the lease.
        world.advance(SECOND);
        Eventually.until(() -> is(back, "t0", ThreadStatus.IDLE));
        assertThat(back.workflow().state("t0").value()).isEqualTo("x12");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aWorkerWakesASleepingRunThatWasInvokedOnceItIsDue(Durability durability) {
        Lab.Body sleeping = (input, calls, run) -> {
            run.sleep(NAP);
            return input + " awake";
        };
        Lab front = front(durability).body(sleeping);
        front.workflow().invokeAsync("x", T);
        Eventually.until(() -> is(front, "t", ThreadStatus.SLEEPING));
        crash(front);
        Lab back = back(durability, WORKER).body(sleeping);
        world.advance(NAP.minusSeconds(5));
        assertThat(back.workflow().state(T).status()).isEqualTo(ThreadStatus.SLEEPING);

        step(() -> is(back, "t", ThreadStatus.IDLE));

        assertThat(back.workflow().state(T).value()).isEqualTo("x awake");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aWorkerLetsAQuestionLapseWhoseProcessIsGone(Durability durability) {
        Lab.Body asking = (input, calls, run) -> run.interrupt(OK, input, NAP).isEmpty() ? "lapsed" : "answered";
        Lab front = front(durability).body(asking);
        assertThat(front.workflow().invoke("x", T)).isInstanceOf(RunResult.Interrupted.class);
        crash(front);
        Lab back = back(durability, WORKER).body(asking);

        world.advance(NAP);
        step(() -> is(back, "t", ThreadStatus.IDLE));

        assertThat(back.workflow().state(T).value()).isEqualTo("lapsed");
    }

    @Test
    void aWorkerContinuesWhatAnOperatorHasAnswered() {
        Lab.Body asking = (input, calls, run) -> run.interrupt(OK, input);
        Lab front = front(Durability.SYNC).body(asking);
        front.workflow().invoke("x", T);
        crash(front);
        Lab back = back(Durability.SYNC, WORKER).body(asking);

        Operator.of(store).answer("t", Command.resume("yes"));
        step(() -> is(back, "t", ThreadStatus.IDLE));

        assertThat(back.workflow().state(T).value()).isEqualTo("yes");
    }

    /** The request waits until the crashed run is recovered: nobody decided to drop it. */
    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void aRequestBehindACrashedRunThatWasInvokedIsTakenOnceAWorkerHasRecoveredThatRun(Durability durability) {
        Lab front = front(durability).body(hanging());
        Lab back = back(durability, WORKER).body(working());
        warm(back);
        invoke(front, 1);
        crash(front);
        RunHandle<String> behind =
                back.workflow().enqueue("y", RunConfig.thread("t0").queue("q").whenBusy(WhenBusy.enqueue()));

        step(() -> back.ran("two") > 1);

        assertThat(behind.result(Duration.ofSeconds(20)).value()).isEqualTo("y12");
        assertThat(back.workflow().history("t0").stream()
                        .filter(entry -> entry.value() != null)
                        .map(entry -> entry.value())
                        .distinct())
                .containsExactly("y12", "x12");
    }

    @Test
    void whatAWorkerContinuesCountsAgainstItsSlotsAndComesBeforeItsQueue() {
        int found = 6;
        Lab front = front(Durability.SYNC).body(hanging());
        invoke(front, found);
        List<RunHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < found; i++) {
            handles.add(front.workflow().enqueue("y", RunConfig.thread("q" + i).queue("q")));
        }
        crash(front);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Gate gate = new Gate();
        Lab back = back(Durability.SYNC, WORKER.concurrency(2)).body((input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task(input.equals("y") ? "queued" : "two", one, s -> {
                        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                        gate.pass(s);
                        atOnce.decrementAndGet();
                        return s + "2";
                    })
                    .join();
        });
        back.graph();
        step(() -> atOnce.get() == 2);
        assertThat(back.ran("two") + back.ran("queued")).isEqualTo(2);

        gate.open();

        for (RunHandle<String> handle : handles) {
            RunHandle<String> here = back.workflow().handle(handle.runId(), handle.threadId());
            assertThat(here.result(Duration.ofSeconds(20)).value()).isEqualTo("y12");
        }
        for (int i = 0; i < found; i++) {
            String thread = "t" + i;
            Eventually.until(() -> is(back, thread, ThreadStatus.IDLE));
        }
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    /** Or the worker would wait for itself. */
    @Test
    void aRunThatAWorkerContinuesKeepsNoSlotWhileItWaitsForAQueuedRun() {
        Lab front = front(Durability.SYNC).body(hanging());
        invoke(front, 1);
        crash(front);
        Lab back = back(Durability.SYNC, WORKER.concurrency(1));
        back.body((input, calls, run) -> {
            if (input.equals("child")) {
                return "done";
            }
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task(
                            "two",
                            one,
                            s -> s
                                    + back.workflow()
                                            .enqueue(
                                                    "child",
                                                    RunConfig.thread("c").queue("q"))
                                            .result()
                                            .value())
                    .join();
        });
        back.graph();

        step(() -> is(back, "t0", ThreadStatus.IDLE));

        assertThat(back.workflow().state("t0").value()).isEqualTo("x1done");
    }

    @Test
    void twoWorkersContinueEachRunOnce() {
        int found = 30;
        Lab front = front(Durability.SYNC).body(hanging());
        invoke(front, found);
        crash(front);

        List<Lab> backs = List.of(
                back(Durability.SYNC, WORKER).body(working()),
                back(Durability.SYNC, WORKER).body(working()));
        backs.forEach(Lab::graph);

        Lab one = backs.get(0);
        for (int i = 0; i < found; i++) {
            String thread = "t" + i;
            step(() -> is(one, thread, ThreadStatus.IDLE));
        }
        assertThat(backs.stream().mapToLong(back -> back.ran("two")).sum()).isEqualTo(found);
    }

    @Test
    void aRunThatCannotBeContinuedIsNotTriedAtEachLook() {
        Lab front = front(Durability.SYNC).body(hanging());
        invoke(front, 2);
        crash(front);
        List<Instant> tries = new CopyOnWriteArrayList<>();
        Lab back = back(Durability.SYNC, WORKER, new ForwardingCheckpointer(store) {
                    @Override
                    public List<CheckpointRecord> checkpoints(CheckpointQuery query) {
                        if (query.threadId().equals("t0")) {
                            tries.add(world.clock().instant());
                            throw new CheckpointException("the checkpoints of t0 cannot be read");
                        }
                        return super.checkpoints(query);
                    }
                })
                .body(working());
        back.graph();

        step(() -> tries.size() > 1);

        assertThat(Duration.between(tries.get(0), tries.get(1))).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        Eventually.until(() -> is(back, "t1", ThreadStatus.IDLE));
    }

    /** Finds the thread as it was parked, and says so once another process has parked it anew. */
    private Checkpointer slow(Instant parked, Runnable found) {
        return new ForwardingCheckpointer(store) {
            @Override
            public List<ThreadRecord> threads(ThreadQuery query) {
                List<ThreadRecord> page = super.threads(query);
                if (query.dueBefore() != null
                        && page.stream()
                                .anyMatch(one -> parked.equals(one.head().wakeAt()))) {
                    found.run();
                    Eventually.until(() -> store().thread("t")
                            .filter(now -> now.lease() == null
                                    && !parked.equals(now.head().wakeAt()))
                            .isPresent());
                }
                return page;
            }
        };
    }

    /** The process that parked the run continues it while a worker that has found it is slow: it sleeps again then. */
    @Test
    void aRunThatHasParkedAnewSinceItWasFoundIsLeftAlone() throws Exception {
        Lab.Body twice = (input, calls, run) -> {
            run.sleep(NAP);
            run.sleep(NAP);
            return input;
        };
        SteppedWorld itsWorld = new SteppedWorld(world.clock());
        Lab front = opened(new Lab(store, Durability.SYNC))
                .options(graph -> LabGraph.lease(graph.world(itsWorld), SteppedWorld.LEASE)
                        .parkAfter(Duration.ZERO))
                .body(twice);
        front.workflow().invokeAsync("x", T);
        Eventually.until(() -> is(front, "t", ThreadStatus.SLEEPING));
        Instant parked = store.thread("t").orElseThrow().head().wakeAt();
        AtomicInteger continued = new AtomicInteger();
        AtomicInteger found = new AtomicInteger();
        Checkpointer slow = slow(parked, () -> {
            found.incrementAndGet();
            itsWorld.advance(NAP);
        });
        Lab back = back(Durability.SYNC, WORKER.concurrency(1), slow).body((input, calls, run) -> {
            if (input.equals("warm")) {
                return "warm12";
            }
            continued.incrementAndGet();
            return twice.run(input, calls, run);
        });
        back.graph();

        world.advance(NAP.plusSeconds(2));
        Eventually.until(() -> found.get() == 1);
        warm(back);

        assertThat(continued).hasValue(0);
        ThreadRecord now = store.thread("t").orElseThrow();
        assertThat(now.head().wakeAt()).isAfter(parked);
        assertThat(now.lease()).isNull();
    }

    @Test
    void aWorkerThatLooksSeldomDoesNotMakeAnotherOneLate() {
        Lab front = front(Durability.SYNC).body(hanging());
        Lab back = opened(new Lab(new ForwardingCheckpointer(store), Durability.SYNC))
                .options(graph -> LabGraph.lease(graph.world(world), SteppedWorld.LEASE)
                        .worker(Worker.of("seldom").pollEvery(NAP))
                        .worker(WORKER))
                .body(working());
        warm(back);
        invoke(front, 1);
        crash(front);

        for (int seconds = 0; seconds < 60 && !is(back, "t0", ThreadStatus.IDLE); seconds++) {
            world.advance(SECOND);
            warm(back);
        }

        assertThat(back.workflow().state("t0").value()).isEqualTo("x12");
    }

    @Test
    void aProcessWithoutAWorkerContinuesNothing() {
        Lab front = front(Durability.SYNC).body(hanging());
        invoke(front, 1);
        crash(front);
        Lab other = opened(new Lab(new ForwardingCheckpointer(store), Durability.SYNC))
                .options(graph -> graph.world(world))
                .body(working());
        other.graph();

        for (int seconds = 0; seconds < 60; seconds++) {
            world.advance(SECOND);
        }

        assertThat(other.workflow().state("t0").status()).isEqualTo(ThreadStatus.CRASHED);
    }
}
