package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.Worker;
import dev.clew.state.RunStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queued runs that are refused rather than wait for a person. */
public abstract class RejectingSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Worker WORKER = Worker.of("q").pollEvery(Duration.ofMillis(20));
    private static final RunConfig Q = T.queue("q");
    private static final RunConfig REJECTING = Q.whenInterrupted(WhenInterrupted.REJECT);

    private Checkpointer store;

    private Lab working(Durability durability) throws Exception {
        store = store == null ? newStore() : store;
        return opened(new Lab(store, durability)).options(graph -> graph.worker(WORKER));
    }

    private Lab asking(Durability durability) throws Exception {
        return working(durability)
                .body((input, calls, run) -> input.equals("ask") ? run.interrupt(NAME, "who?") : input);
    }

    /** Answers once the worker has left the run: until then, those who wait for the run get how it rested. */
    private static void answer(Lab lab) {
        Eventually.until(() -> lab.graph().worker("q").running() == 0);
        lab.workflow().enqueue(Command.resume("ann"), T);
    }

    private static void assertRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.INTERRUPTED))
                .hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestIsRefusedAtOnceIfItsThreadWaitsForAnAnswer(Durability durability) throws Exception {
        Lab lab = asking(durability);
        RunHandle<String> asking = lab.workflow().enqueue("ask", REJECTING);
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);

        assertRefused(() -> lab.workflow().enqueue("next", REJECTING.runId("next")), "thread 't'", "name");

        assertThat(store.queue().find("t", "next")).as("nothing is stored").isEmpty();
        assertThat(lab.workflow()
                        .enqueue("ask", REJECTING.runId(asking.runId()))
                        .status())
                .as("the run that asks, enqueued again")
                .isEqualTo(RunStatus.INTERRUPTED);
        answer(lab);
        assertThat(asking.result().value()).isEqualTo("ann");
        assertThat(lab.workflow().enqueue("next", REJECTING).result().value()).isEqualTo("next");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestEndsRefusedAtItsTurnIfTheRunBeforeItAsks(Durability durability) throws Exception {
        Gate gate = new Gate();
        Lab lab = working(durability).body((input, calls, run) -> switch (input) {
            case "ask" -> {
                calls.task("slow", input, gate::pass).join();
                yield run.interrupt(NAME, "who?");
            }
            default -> input;
        });
        RunHandle<String> asking = lab.workflow().enqueue("ask", Q);
        gate.awaitArrival();
        RunHandle<String> refused = lab.workflow().enqueue("refused", REJECTING);
        RunHandle<String> waiting = lab.workflow().enqueue("waiting", Q);
        assertThat(refused.status()).isEqualTo(RunStatus.QUEUED);

        gate.open();

        assertRefused(() -> refused.result(Duration.ofSeconds(10)), "thread 't'", "name");
        assertThat(refused.status()).isEqualTo(RunStatus.REFUSED);
        assertThat(asking.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(waiting.status()).isEqualTo(RunStatus.QUEUED);
        answer(lab);
        assertThat(asking.result().value()).isEqualTo("ann");
        assertThat(waiting.result().value()).isEqualTo("waiting");
    }

    @Test
    void aRequestDoesNotWaitForARunThatIsBlocked() throws Exception {
        AtomicBoolean fits = new AtomicBoolean(true);
        Lab lab = working(Durability.ASYNC).body((input, calls, run) -> {
            calls.task(fits.get() ? "first" : "other", input, in -> in).join();
            return run.interrupt(NAME, "who?");
        });
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);
        fits.set(false);
        answer(lab);
        Eventually.until(() -> handle.status() == RunStatus.BLOCKED);

        assertRefused(() -> lab.workflow().enqueue("y", REJECTING), "thread 't'", "BLOCKED");

        assertThat(handle.status()).isEqualTo(RunStatus.BLOCKED);
    }

    @Test
    void aRequestThatMeetsABlockedRunAtItsTurnLeavesItAsItIs() throws Exception {
        AtomicBoolean fits = new AtomicBoolean(true);
        Gate gate = new Gate();
        Lab lab = working(Durability.ASYNC).body((input, calls, run) -> {
            calls.task(fits.get() ? "first" : "other", input, in -> in).join();
            if (!fits.get()) {
                return input;
            }
            run.interrupt(NAME, "who?");
            return calls.task("slow", input, gate::pass).join();
        });
        RunHandle<String> handle = lab.workflow().enqueue("x", Q);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);
        RunHandle<String> delayed = lab.workflow().enqueue("y", REJECTING.delay(Duration.ofMillis(300)));
        fits.set(false);
        answer(lab);
        Eventually.until(() -> handle.status() == RunStatus.BLOCKED);

        assertRefused(() -> delayed.result(Duration.ofSeconds(10)), "thread 't'");

        assertThat(handle.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(lab.workflow().state("t").runId()).isEqualTo(handle.runId());
    }

    @Test
    void aRequestWaitsForARunThatExecutes() throws Exception {
        Gate gate = new Gate();
        Lab lab = working(Durability.ASYNC)
                .body((input, calls, run) -> input.equals("slow")
                        ? calls.task("slow", input, gate::pass).join()
                        : input);
        RunHandle<String> slow = lab.workflow().enqueue("slow", REJECTING);
        gate.awaitArrival();
        RunHandle<String> next = lab.workflow().enqueue("next", REJECTING);

        gate.open();

        assertThat(slow.result().value()).isEqualTo("slow");
        assertThat(next.result().value()).isEqualTo("next");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestIsNotRefusedOnceTheAnswerIsThere(Durability durability) throws Exception {
        Lab lab = asking(durability);
        RunHandle<String> asking = lab.workflow().enqueue("ask", Q);
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);
        lab.graph().worker("q").stop();
        lab.workflow().enqueue(Command.resume("ann"), T);

        RunHandle<String> next = lab.workflow().enqueue("next", REJECTING);

        assertThat(next.status()).isEqualTo(RunStatus.QUEUED);
        lab.graph().worker("q").start();
        assertThat(asking.result().value()).isEqualTo("ann");
        assertThat(next.result().value()).isEqualTo("next");
    }

    @Test
    void aRequestThatCancelsThePausedRunIsNotRefused() throws Exception {
        Lab lab = asking(Durability.ASYNC);
        RunHandle<String> asking = lab.workflow().enqueue("ask", Q);
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);

        RunHandle<String> next = lab.workflow().enqueue("next", REJECTING.whenBusy(WhenBusy.interrupt()));

        assertThat(next.result().value()).isEqualTo("next");
        assertThat(asking.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aRequestWithoutTheOptionWaitsForTheAnswer() throws Exception {
        Lab lab = asking(Durability.ASYNC);
        RunHandle<String> asking = lab.workflow().enqueue("ask", Q);
        assertThat(asking.result()).isInstanceOf(RunResult.Interrupted.class);

        RunHandle<String> next = lab.workflow().enqueue("next", Q);

        assertThat(next.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(store.queue().list(QueueQuery.all().thread("t"))).hasSize(2);
        answer(lab);
        assertThat(next.result().value()).isEqualTo("next");
    }
}
