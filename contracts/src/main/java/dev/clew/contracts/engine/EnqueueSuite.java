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
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.GiveBack;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import dev.clew.task.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers do with runs that they enqueue. */
public abstract class EnqueueSuite extends EngineSuite {
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

    @Test
    void theSameRunIdIsOneRun() throws Exception {
        Lab lab = working(Durability.ASYNC, WORKER)
                .body((input, calls, run) -> calls.task("once", input, in -> in).join());

        RunHandle<String> first = lab.workflow().enqueue("x", Q.runId("r"));
        RunHandle<String> second = lab.workflow().enqueue("x", Q.runId("r"));
        assertThat(first.result().value()).isEqualTo("x");
        RunHandle<String> late = lab.workflow().enqueue("x", Q.runId("r"));

        assertThat(first.requestId()).isEqualTo("r");
        assertThat(second.result().value()).isEqualTo("x");
        assertThat(late.result().value()).isEqualTo("x");
        assertThat(lab.ran()).containsExactly("once");
    }

    @Test
    void aRunThatWasNotOpenedIsCancelledAtOnce() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);

        assertThat(handle.cancel()).isTrue();

        assertThat(handle.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(handle.cancel()).isFalse();
        assertThatThrownBy(handle::result).isInstanceOf(WorkflowCancelledException.class);
    }

    @Test
    void aRunThatExecutesIsCancelledAndTheNextOnePasses() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(Durability.ASYNC, WORKER)
                .body((input, calls, run) -> input.equals("slow")
                        ? calls.task("slow", input, gate::pass).join()
                        : input);
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q);
        RunHandle<String> next = lab.workflow().enqueue("next", Q);
        gate.awaitArrival();

        assertThat(slow.cancel()).isTrue();

        assertThatThrownBy(slow::result).isInstanceOf(WorkflowCancelledException.class);
        assertThat(next.result().value()).isEqualTo("next");
        assertThat(slow.cancel()).isFalse();
        assertThat(next.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aRunIsRefusedAtItsTurnAndSaysWhy() throws Exception {
        Lab lab = working(Durability.ASYNC, WORKER).body((input, calls, run) -> input);
        RunHandle<String> handle = lab.workflow().enqueue("x", Q.checkpoint("nowhere"));

        assertThatThrownBy(handle::result)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.NEVER_RAN))
                .hasMessageContaining("nowhere");
        assertThat(handle.status()).isEqualTo(RunStatus.REFUSED);
        assertThat(lab.workflow().enqueue("y", Q).result().value()).isEqualTo("y");
    }

    @Test
    void whatCannotBeEnqueuedIsRefusedAndStoresNothing() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);

        assertThatThrownBy(() -> lab.workflow().enqueue("x", RunConfig.none()))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("RunConfig.thread(id)");
        assertThatThrownBy(() -> lab.workflow().enqueue("x", Q.context(new Object())))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("contexts");
        assertThatThrownBy(() -> lab.workflow().enqueue("x", Q.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(1)))))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("waitUpTo");
        assertThatThrownBy(() -> lab.workflow().enqueue((String) null, Q)).isInstanceOf(RequestRefusedException.class);
        assertThat(lab.graph().queue("q").requests()).isEmpty();
        assertThatThrownBy(() -> lab.workflow().handle("no", "t").status())
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> lab.workflow().handle("no", "t").result())
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("neither");
    }

    @Test
    void whatIsForQueuesIsRefusedByInvoke() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);

        for (RunConfig config : List.of(
                Q,
                T.priority(1),
                T.delay(Duration.ofSeconds(1)),
                T.concurrencyKey("k"),
                T.whenBusy(WhenBusy.enqueue()))) {
            assertThatThrownBy(() -> lab.workflow().invoke("x", config))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("enqueue(input, config)");
        }
    }

    @Test
    void oneThatMustNotWaitIsRefusedOnABusyThread() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        lab.workflow().enqueue("x", Q.runId("first"));

        assertThatThrownBy(() -> lab.workflow().enqueue("y", Q.whenBusy(WhenBusy.reject())))
                .isInstanceOfSatisfying(
                        ThreadBusyException.class,
                        busy -> assertThat(busy.since())
                                .isEqualTo(store.queue()
                                        .find("t", "first")
                                        .orElseThrow()
                                        .enqueuedAt()));
        assertThat(lab.graph().queue("q").requests()).hasSize(1);
    }

    @Test
    void anAnswerToARunThatIsNotOpenedIsRefused() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        Command answer = Command.resume("ann");

        assertThatThrownBy(() -> lab.workflow().enqueue(answer, T))
                .isInstanceOf(AnswerRefusedException.class)
                .hasMessageContaining("there is no such thread");
        lab.workflow().enqueue("x", Q);
        assertThatThrownBy(() -> lab.workflow().enqueue(answer, T))
                .isInstanceOf(AnswerRefusedException.class)
                .hasMessageContaining("waits for a worker");
    }

    @Test
    void anAnswerToARunThatWasInvokedIsNotForWorkers() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> String.valueOf(run.interrupt("your name?")));
        lab.workflow().invoke("x", T);

        assertThatThrownBy(() -> lab.workflow().enqueue(Command.resume("ann"), T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("was not enqueued");
    }

    @Test
    void aCallerWaitsNoLongerThanItWants() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);

        assertThatThrownBy(() -> handle.result(Duration.ofMillis(50)))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining(handle.runId());
        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void invokingAQueuedRunByItsIdWaitsForIt() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(Durability.ASYNC, WORKER)
                .body((input, calls, run) -> input.equals("first")
                        ? calls.task("first", input, gate::pass).join()
                        : input);
        RunHandle<String> first = lab.workflow().enqueue("first", Q);
        lab.workflow().enqueue("second", Q.runId("b"));
        gate.awaitArrival();

        CompletableFuture<RunResult<String>> second =
                lab.workflow().invokeAsync("second", T.runId("b")).toCompletableFuture();

        assertThatThrownBy(() -> lab.workflow().invoke("other", T.runId("b")))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.OTHER_INPUT));
        assertThat(second).isNotDone();
        gate.open();
        assertThat(first.result().value()).isEqualTo("first");
        assertThat(second.get(10, TimeUnit.SECONDS).value()).isEqualTo("second");
        Eventually.until(() -> lab.graph().queue("q").requests().isEmpty());
    }

    @Test
    void aTaskThatWaitsForAnotherQueuedRunKeepsNoSlot() throws Exception {
        Lab lab = working(Durability.ASYNC, WORKER.concurrency(1));
        lab.body((input, calls, run) -> input.equals("outer")
                ? calls.task(
                                "wait",
                                input,
                                in -> lab.workflow()
                                        .enqueue(
                                                "inner",
                                                RunConfig.thread("other").queue("q"))
                                        .result()
                                        .value())
                        .join()
                : input);

        assertThat(lab.workflow()
                        .enqueue("outer", Q)
                        .result(Duration.ofSeconds(10))
                        .value())
                .isEqualTo("inner");
        assertThat(lab.workflow()
                        .enqueue("after", Q)
                        .result(Duration.ofSeconds(10))
                        .value())
                .isEqualTo("after");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatWasAbandonedIsCancelled(Durability durability) throws Exception {
        Lab lab = working(durability, WORKER)
                .body((input, calls, run) -> input.equals("ask") ? run.interrupt(NAME, "who?") : input);
        RunHandle<String> asking = lab.workflow().enqueue("ask", Q);
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);

        RunHandle<String> next = lab.workflow().enqueue("next", Q.whenInterrupted(WhenInterrupted.ABANDON));

        assertThat(next.result().value()).isEqualTo("next");
        assertThat(asking.status()).isEqualTo(RunStatus.CANCELLED);
        assertThatThrownBy(asking::result).isInstanceOf(WorkflowCancelledException.class);
    }

    @Test
    void nobodyWaitsForARunThatIsHeldBeforeItWasOpened() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        store.queue().take(new TakeRequest("ann", "q", Set.of("Lab.run"), 1, Duration.ofSeconds(10)));
        store.queue().giveBack(new GiveBack("t", handle.runId(), "ann", GiveBack.Reason.UNREADABLE, null));

        assertThat(handle.status()).isEqualTo(RunStatus.HELD);
        assertThatThrownBy(() -> handle.result(Duration.ofSeconds(10)))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("is held")
                .hasMessageContaining("cancel it");
        assertThat(handle.cancel()).isTrue();
    }

    @Test
    void deletingAThreadThatNeverRanCancelsItsRequests() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);

        lab.graph().deleteThread("t");

        assertThat(handle.status()).isEqualTo(RunStatus.CANCELLED);
    }
}
