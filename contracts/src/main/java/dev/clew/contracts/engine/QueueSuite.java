package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import dev.clew.task.TaskTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are enqueued, and the workers that execute them. */
public abstract class QueueSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");

    private Checkpointer store;

    /** A laboratory whose graph has a worker. */
    private Lab working(Durability durability, Worker worker) throws Exception {
        store = store == null ? newStore() : store;
        return opened(new Lab(store, durability)).options(graph -> graph.worker(worker));
    }

    /** A laboratory that enqueues, and has no worker. */
    private Lab enqueuing(Durability durability) throws Exception {
        store = store == null ? newStore() : store;
        return opened(new Lab(store, durability));
    }

    private static RunConfig on(String thread) {
        return RunConfig.thread(thread).queue("q");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anEnqueuedRunIsExecutedByAWorker(Durability durability) throws Exception {
        Lab lab = working(durability, WORKER)
                .body((input, calls, run) ->
                        calls.task("shout", input, String::toUpperCase).join());

        RunHandle<String> handle = lab.workflow().enqueue("rain", Q);

        assertThat(handle.result().value()).isEqualTo("RAIN");
        assertThat(handle.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(handle.result().value()).as("again").isEqualTo("RAIN");
        assertThat(lab.ran()).containsExactly("shout");
        assertThat(lab.workflow().handle(handle.runId(), "t").result().value()).isEqualTo("RAIN");
        Eventually.until(() -> lab.graph().queue("q").requests().isEmpty());
    }

    @Test
    void aRunWaitsUntilThereIsAWorker() throws Exception {
        Lab front = enqueuing(Durability.ASYNC).body((input, calls, run) -> input + "!");
        RunHandle<String> handle = front.workflow().enqueue("rain", Q.metadata("user", "ann"));
        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(front.graph().queue("q").depth()).isEqualTo(1);
        assertThat(front.graph().queue("q").oldest()).isPresent();
        assertThat(front.graph().queue("q").state().untaken()).containsExactly("Lab.run");
        front.close();

        Lab back = working(Durability.ASYNC, WORKER).body((input, calls, run) -> input + "!");

        assertThat(back.workflow().handle(handle.runId(), "t").result().value()).isEqualTo("rain!");
        assertThat(back.workflow().history("t").get(0).metadata()).containsEntry("user", "ann");
    }

    /** In EXIT mode the thread still shows the run before, since the present one has stored nothing yet. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatIsOverIsSoWhileTheNextOneIsExecutedAndCannotBeCancelled(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = working(durability, WORKER)
                .body((input, calls, run) -> input.equals("second")
                        ? calls.task("held", input, gate::pass).join()
                        : input);
        RunHandle<String> first = lab.workflow().enqueue("first", Q);
        assertThat(first.result().value()).isEqualTo("first");
        RunHandle<String> second = lab.workflow().enqueue("second", Q);
        gate.awaitArrival();

        assertThat(first.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(first.cancel()).isFalse();

        gate.open();
        assertThat(second.result().value()).isEqualTo("second");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theRunsOfAThreadAreOpenedInTheirOrderAndThoseOfOthersBeside(Durability durability) throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        Lab lab = working(durability, WORKER.concurrency(4)).body((input, calls, run) -> {
            order.add(input);
            return input;
        });
        List<RunHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (String thread : List.of("a", "b")) {
                handles.add(lab.workflow().enqueue(thread + i, on(thread)));
            }
        }

        for (RunHandle<String> handle : handles) {
            assertThat(handle.result().value()).startsWith(handle.threadId());
        }
        assertThat(order.stream().filter(each -> each.startsWith("a"))).containsExactly("a0", "a1", "a2", "a3", "a4");
        assertThat(order.stream().filter(each -> each.startsWith("b"))).containsExactly("b0", "b1", "b2", "b3", "b4");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatAsksNeedsNoWorkerMeanwhile(Durability durability) throws Exception {
        Lab lab = working(durability, WORKER.concurrency(1))
                .body((input, calls, run) -> input.equals("ask") ? run.interrupt(NAME, "who?") : input);
        RunHandle<String> asking = lab.workflow().enqueue("ask", on("a"));
        RunHandle<String> behind = lab.workflow().enqueue("behind", on("a"));
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);
        assertThat(asking.status()).isEqualTo(RunStatus.INTERRUPTED);

        assertThat(lab.workflow().enqueue("beside", on("b")).result().value()).isEqualTo("beside");
        assertThat(behind.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(lab.workflow()
                        .invoke(Command.resume("ann"), RunConfig.thread("a"))
                        .value())
                .isEqualTo("ann");

        assertThat(asking.result().value()).isEqualTo("ann");
        assertThat(behind.result().value()).isEqualTo("behind");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerThatIsEnqueuedIsTakenByAWorker(Durability durability) throws Exception {
        Lab lab = working(durability, WORKER).body((input, calls, run) -> run.interrupt(NAME, "who?"));
        RunHandle<String> handle = lab.workflow().enqueue("ask", Q);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);

        assertThat(lab.workflow().enqueue(Command.resume("ann"), T).result().value())
                .isEqualTo("ann");

        assertThatThrownBy(() -> lab.workflow().enqueue(Command.resume("bob"), T))
                .isInstanceOf(AnswerRefusedException.class)
                .hasMessageContaining("its last run is over");
        assertThat(lab.workflow().enqueue(Command.proceed(), T).result().value())
                .as("of a run that is over")
                .isEqualTo("ann");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatSleepsIsContinuedByAWorker(Durability durability) throws Exception {
        store = newStore();
        Lab lab = opened(new Lab(store, durability))
                .options(graph -> graph.worker(WORKER.concurrency(1)).parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    calls.task("before", input, in -> in).join();
                    run.sleep(Duration.ofMillis(60));
                    return calls.task("after", input, in -> in).join();
                });

        RunHandle<String> handle = lab.workflow().enqueue("x", Q);

        assertThat(handle.result().value()).isEqualTo("x");
        assertThat(lab.ran()).contains("before", "after").endsWith("after");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void aRunWhoseProcessDiedIsContinuedByAWorkerAndRunsNothingAgain(Durability durability) throws Exception {
        Gate gate = new Gate();
        AtomicInteger starts = new AtomicInteger();
        Lab lab = working(durability, WORKER).body((input, calls, run) -> {
            String first = calls.task("first", input, in -> in + "1").join();
            return calls.task("second", first, in -> starts.incrementAndGet() == 1 ? gate.pass(in) : in + "2")
                    .join();
        });
        RunHandle<String> handle = lab.workflow().enqueue("x", Q.durability(Durability.SYNC));
        gate.awaitArrival();

        lab.crash();
        gate.open();

        assertThat(lab.workflow().handle(handle.runId(), "t").result().value()).isEqualTo("x12");
        assertThat(lab.ran("first")).isEqualTo(1);
    }

    @Test
    void aRunInExitModeBeginsAnewAfterACrash() throws Exception {
        Gate gate = new Gate();
        AtomicInteger starts = new AtomicInteger();
        Lab lab = working(Durability.EXIT, WORKER)
                .body((input, calls, run) -> calls.task(
                                "only", input, in -> starts.incrementAndGet() == 1 ? gate.pass(in) : in + "!")
                        .join());
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        gate.awaitArrival();

        lab.crash();
        gate.open();

        assertThat(lab.workflow().handle(handle.runId(), "t").result().value()).isEqualTo("x!");
        assertThat(lab.ran("only")).isEqualTo(2);
    }

    @Test
    void closingGivesRunsBackToTheQueue() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(Durability.ASYNC, WORKER);
        lab.options(graph -> graph.worker(WORKER).closeTimeout(Duration.ZERO))
                .body((input, calls, run) ->
                        calls.task("slow", input, gate::pass).join());
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        gate.awaitArrival();

        lab.close();

        assertThat(store.queue().find("t", handle.runId()).orElseThrow().state())
                .isEqualTo(RequestState.READY);
        gate.open();
        assertThat(lab.workflow().handle(handle.runId(), "t").result().value()).isEqualTo("x");
    }

    @Test
    void aWorkerHoldsWhatItCannotRead() throws Exception {
        Lab lab = working(Durability.ASYNC, WORKER).body((input, calls, run) -> input);
        lab.workflow();
        byte[] damaged = {0x7b};
        store.queue()
                .enqueue(
                        new QueuedRun("t", "r", "q", "Lab.run", 0, null, false, Duration.ZERO, damaged, damaged), true);

        RunHandle<String> handle = lab.workflow().handle("r", "t");

        Eventually.until(() -> handle.status() == RunStatus.HELD);
        assertThat(lab.ran()).isEmpty();
        assertThatThrownBy(handle::result).isInstanceOf(RequestRefusedException.class);
    }

    @Test
    void aFailedRunLetsTheNextOnePass() throws Exception {
        Lab lab = working(Durability.ASYNC, WORKER).body((input, calls, run) -> {
            if (input.equals("bad")) {
                throw new IllegalStateException("no luck");
            }
            return input;
        });
        RunHandle<String> bad = lab.workflow().enqueue("bad", Q);
        RunHandle<String> good = lab.workflow().enqueue("good", Q);

        assertThatThrownBy(bad::result)
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("no luck");
        assertThat(good.result().value()).isEqualTo("good");
        assertThat(bad.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void aDelayedRunBeginsLater() throws Exception {
        Lab lab = working(Durability.ASYNC, WORKER).body((input, calls, run) -> input);
        RunHandle<String> later = lab.workflow().enqueue("later", Q.delay(Duration.ofMillis(150)));
        RunHandle<String> now = lab.workflow().enqueue("now", Q);

        assertThat(now.result().value()).isEqualTo("now");
        assertThat(later.result().value()).isEqualTo("later");
        assertThat(lab.workflow().state("t").value()).isEqualTo("later");
    }

    @Test
    void aQueueThatIsPausedOpensNothing() throws Exception {
        Lab lab = working(Durability.ASYNC, WORKER).body((input, calls, run) -> input);
        lab.graph().queue("q").pause();
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        assertThatThrownBy(() -> handle.result(Duration.ofMillis(100))).isInstanceOf(TaskTimeoutException.class);

        lab.graph().queue("q").resume();

        assertThat(handle.result().value()).isEqualTo("x");
    }

    @Test
    void noMoreRunsExecuteThanTheQueueAllows() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Lab lab = working(Durability.ASYNC, WORKER.concurrency(8).globalConcurrency(2))
                .body((input, calls, run) -> calls.task("work", input, in -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            Thread.sleep(5);
                            now.decrementAndGet();
                            return in;
                        })
                        .join());
        List<RunHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            handles.add(lab.workflow().enqueue("x", on("t" + i)));
        }

        for (RunHandle<String> handle : handles) {
            assertThat(handle.result().value()).isEqualTo("x");
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(lab.graph().queue("q").state().settings().globalConcurrency())
                .isEqualTo(2);
    }

    @Test
    void aGraphThatIsInUseTakesWorkLaterAndForEachQueueOnce() throws Exception {
        Lab lab = enqueuing(Durability.SYNC).body((input, calls, run) -> input + "!");
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);

        lab.graph().work(WORKER);

        assertThat(handle.result().value()).isEqualTo("x!");
        assertThatThrownBy(() -> lab.graph().work(Worker.of("q")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessage("there is a worker of queue 'q' already");
        var closed = lab.graph();
        closed.close();
        assertThatThrownBy(() -> closed.work(Worker.of("other")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void recoveringLeavesQueuedRunsToWorkers() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(Durability.SYNC, WORKER)
                .body((input, calls, run) ->
                        calls.task("slow", input, gate::pass).join());
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        gate.awaitArrival();
        lab.options(graph -> graph).crash();
        gate.open();

        var recovery = lab.graph().recover();

        assertThat(recovery.runs()).hasSize(1);
        assertThatThrownBy(() -> handle(lab, handle).result(Duration.ofMillis(100)))
                .isInstanceOf(TaskTimeoutException.class);
        lab.options(graph -> graph.worker(WORKER)).restart();
        assertThat(handle(lab, handle).result().value()).isEqualTo("x");
    }

    private static RunHandle<String> handle(Lab lab, RunHandle<String> old) {
        return lab.workflow().handle(old.runId(), old.threadId());
    }
}
