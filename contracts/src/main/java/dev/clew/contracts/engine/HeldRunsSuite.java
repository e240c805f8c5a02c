package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.CountingCheckpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.index.RequestNote;
import dev.clew.index.RequestRecord;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.GiveBack;
import dev.clew.queue.HeldRequest;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.RequestState;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that no worker takes before a person has acted, and direct runs beside queues. */
public abstract class HeldRunsSuite extends EngineSuite {
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");

    private Checkpointer store;

    /** A laboratory whose graph has a worker. */
    private Lab working(Durability durability) throws Exception {
        return enqueuing(durability).options(graph -> graph.worker(WORKER));
    }

    /** A laboratory that enqueues, and has no worker. */
    private Lab enqueuing(Durability durability) throws Exception {
        store = store == null ? newStore() : store;
        return opened(new Lab(store, durability));
    }

    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    @Test
    void aHeldRunIsListedWithItsCauseAndRunsAfterARetry() throws Exception {
        Lab front = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        store.queue().take(new TakeRequest("ann", "q", Set.of("Lab.run"), 1, Duration.ofSeconds(10)));
        store.queue().giveBack(new GiveBack("t", handle.runId(), "ann", GiveBack.Reason.UNREADABLE, null));
        assertThat(front.graph().queue("q").held()).singleElement().satisfies(held -> {
            assertThat(held.threadId()).isEqualTo("t");
            assertThat(held.runId()).isEqualTo(handle.runId());
            assertThat(held.workflow()).isEqualTo("Lab.run");
            assertThat(held.status()).isEqualTo(RunStatus.HELD);
            assertThat(held.cause()).contains("could not be opened");
        });
        assertThatThrownBy(handle::result).hasMessageContaining("retry()");

        assertThat(handle.retry()).isTrue();

        assertThat(handle.retry()).as("again").isFalse();
        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);
        front.options(graph -> graph.worker(WORKER)).restart();
        assertThat(front.workflow().handle(handle.runId(), "t").result().value())
                .isEqualTo("x");
    }

    @Test
    void aRequestThatLetsAHeldRunBeTakenAgainIsStoredWithThatAndEndsWithTheRun() throws Exception {
        Lab front = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        RunHandle<String> handle = front.workflow().enqueue("x", Q);
        store.queue().take(new TakeRequest("ann", "q", Set.of("Lab.run"), 1, Duration.ofSeconds(10)));
        store.queue().giveBack(new GiveBack("t", handle.runId(), "ann", GiveBack.Reason.UNREADABLE, null));
        RunConfig noted = T.request(new RequestNote("p", "proceed", new byte[0]));

        RunHandle<String> proceeding = front.workflow().enqueue(Command.proceed(), noted);

        assertThat(proceeding.runId()).isEqualTo(handle.runId());
        assertThat(proceeding.requestId()).isEqualTo("p");

        assertThat(handle.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(front.workflow().enqueue(Command.proceed(), noted).runId())
                .as("the same request again")
                .isEqualTo(handle.runId());
        RequestRecord record = store.requests().find("t", "p").orElseThrow();
        assertThat(record.kind()).isEqualTo(RequestRecord.Kind.PROCEED);
        assertThat(record.end()).isNull();
        front.options(graph -> graph.worker(WORKER)).restart();
        assertThat(front.workflow().handle(handle.runId(), "t").result().value())
                .isEqualTo("x");
        assertThat(store.requests().find("t", "p").orElseThrow().end()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aBlockedRunContinuesAfterARetryOnceTheCodeFits(Durability durability) throws Exception {
        AtomicBoolean fits = new AtomicBoolean(true);
        Lab lab = working(durability).body((input, calls, run) -> {
            calls.task(fits.get() ? "first" : "other", input, in -> in).join();
            return run.interrupt(NAME, "who?");
        });
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);
        RunHandle<String> behind = lab.workflow().enqueue("y", Q);
        fits.set(false);
        lab.workflow().enqueue(Command.resume("ann"), T);
        Eventually.until(() -> handle.status() == RunStatus.BLOCKED);
        HeldRequest held = lab.graph().queue("q").held().get(0);
        assertThat(held.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(held.cause()).contains("first");
        assertThat(behind.status()).isEqualTo(RunStatus.QUEUED);

        fits.set(true);
        assertThat(lab.graph().queue("q").retry(held)).isTrue();

        assertThat(handle.result().value()).isEqualTo("ann");
        assertThat(lab.ran("first")).as("first, for each run").isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void proceedingIsLeftToAWorker(Durability durability) throws Exception {
        AtomicBoolean fits = new AtomicBoolean(true);
        Lab lab = working(durability).body((input, calls, run) -> {
            calls.task(fits.get() ? "first" : "other", input, in -> in).join();
            return run.interrupt(NAME, "who?");
        });
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);
        assertThat(lab.workflow().enqueue(Command.proceed(), T).result())
                .as("a question waits for its answer")
                .isInstanceOf(RunResult.Interrupted.class);
        fits.set(false);
        lab.workflow().enqueue(Command.resume("ann"), T);
        Eventually.until(() -> handle.status() == RunStatus.BLOCKED);
        fits.set(true);

        RunHandle<String> proceeded = lab.workflow().enqueue(Command.proceed(), T);

        assertThat(proceeded.runId()).isEqualTo(handle.runId());
        assertThat(proceeded.result().value()).isEqualTo("ann");
    }

    @Test
    void whatNoWorkerCanContinueIsNotProceeded() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(Durability.ASYNC).body((input, calls, run) -> switch (input) {
            case "fail" -> throw new IllegalStateException("no luck");
            case "slow" -> calls.task("slow", input, gate::pass).join();
            default -> input;
        });
        assertThatThrownBy(() -> lab.workflow().enqueue(Command.proceed(), T))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.NEVER_RAN));
        RunHandle<String> failed = lab.workflow().enqueue("fail", Q);
        Eventually.until(() -> failed.status() == RunStatus.FAILED);
        assertThatThrownBy(() -> lab.workflow().enqueue(Command.proceed(), T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("invoke(Command.proceed(), config)");
        assertThat(failed.retry()).isFalse();
        RunHandle<String> slow = lab.workflow().enqueue("slow", Q);
        gate.awaitArrival();
        assertThatThrownBy(() -> lab.workflow().enqueue(Command.proceed(), T)).isInstanceOf(ThreadBusyException.class);
        assertThatThrownBy(() -> lab.workflow().enqueue(Command.proceed(), T.runId("other")))
                .isInstanceOf(RequestRefusedException.class);
        gate.open();
        assertThat(slow.result().value()).isEqualTo("slow");
    }

    @Test
    void closingOftenWithinOneStepDoesNotMakeARunStuck() throws Exception {
        Gate gate = new Gate();
        Lab lab = enqueuing(Durability.ASYNC);
        lab.options(graph -> graph.worker(WORKER).closeTimeout(Duration.ZERO))
                .body((input, calls, run) ->
                        calls.task("slow", input, gate::pass).join());
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        for (int deploys = 0; deploys < 8; deploys++) {
            long begun = deploys + 1L;
            Eventually.until(() -> lab.ran("slow") >= begun);
            lab.restart();
        }
        gate.open();

        assertThat(lab.workflow().handle(handle.runId(), "t").result().value()).isEqualTo("x");
    }

    @Test
    void aDirectRunDoesNotAskTheQueueForItsId() throws Exception {
        CountingCheckpointer counting = new CountingCheckpointer(newStore());
        store = counting;
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        lab.workflow();
        counting.forget();

        assertThat(lab.workflow().invoke("x", RunConfig.once("r-1")).value()).isEqualTo("x");
        assertThat(lab.workflow().invoke("y", T.runId("r-2")).value()).isEqualTo("y");
        assertThat(lab.workflow().invoke("z", T.runId("r-3")).value()).isEqualTo("z");

        assertThat(counting.calls()).isNotEmpty().noneMatch(call -> call.contains("queue"));
    }

    @Test
    void aTaskDoesNotWaitForAnotherRunThatItsQueueNeverBegins() throws Exception {
        Lab lab = working(Durability.ASYNC);
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
        lab.graph().queue("q").configure(QueueSettings.NONE.globalConcurrency(1));

        RunHandle<String> outer = lab.workflow().enqueue("outer", Q);

        assertThatThrownBy(outer::result).hasMessageContaining("it would wait forever");
        Eventually.until(() -> lab.graph().queue("q").requests().isEmpty());
    }

    @Test
    void hintsRunOutsideTheLocksOfTheStore() throws Exception {
        Lab lab = enqueuing(Durability.ASYNC).body((input, calls, run) -> input);
        AtomicInteger looks = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        try (AutoCloseable hints = store.queue().onReady("q", () -> {
            looks.incrementAndGet();
            Thread other = new Thread(() -> {
                store.thread("t");
                store.queue().find("t", "r");
                ended.set(true);
            });
            other.start();
            try {
                other.join(5_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        })) {
            assertThat(hints).isNotNull();
            RunHandle<String> handle = lab.workflow().enqueue("x", Q.runId("r"));

            assertThat(handle.cancel()).isTrue();
        }
        assertThat(looks.get()).isPositive();
        assertThat(ended.get()).isTrue();
        assertThat(store.queue().find("t", "r").orElseThrow().state()).isEqualTo(RequestState.CANCELLED);
    }
}
