package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs that are cancelled from another process, and what happens in the very moment in which they end or pause. */
@Timeout(30)
public abstract class RunCancellationSuite extends EngineSuite {
    private static final Runnable NOTHING = () -> {};

    private Checkpointer store;
    private CountDownLatch goOn;

    /** Runs once, when the owner is about to give the thread back. */
    private final AtomicReference<Runnable> beforeRelease = new AtomicReference<>(NOTHING);

    /** Runs once, when a thread's row has been read and its reader does not have it yet. */
    private final AtomicReference<Runnable> afterRead = new AtomicReference<>(NOTHING);

    @BeforeEach
    void begin() throws Exception {
        store = new ForwardingCheckpointer(newStore()) {
            @Override
            public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
                if (write.release()) {
                    beforeRelease.getAndSet(NOTHING).run();
                }
                return super.write(claim, write, durable);
            }

            @Override
            public Optional<ThreadRecord> thread(String threadId) {
                Optional<ThreadRecord> row = super.thread(threadId);
                afterRead.getAndSet(NOTHING).run();
                return row;
            }
        };
        goOn = new CountDownLatch(1);
    }

    private Lab lab(Lab.Body body, Durability durability) {
        return opened(new Lab(store, durability))
                .options(graph -> graph.closeTimeout(Duration.ZERO))
                .body(body);
    }

    /** A program whose only task waits for {@link #goOn}. */
    private Lab waiting(Durability durability) {
        return lab(
                (input, calls, run) -> calls.task("wait", input, s -> {
                            goOn.await();
                            return s + " done";
                        })
                        .join(),
                durability);
    }

    private Lab asking(Durability durability) {
        return lab((input, calls, run) -> String.valueOf(run.interrupt("sure?")), durability);
    }

    private CompletableFuture<RunResult<String>> started(Lab lab) {
        CompletableFuture<RunResult<String>> result = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.ran("wait") == 1);
        return result;
    }

    /** The same workflow in another graph, as if in another process. */
    private Workflow<String, String> elsewhere(Lab lab) {
        LabGraph graph = opened(LabGraph.builder()
                .checkpointer(new ForwardingCheckpointer(store))
                .closeTimeout(Duration.ZERO)
                .build());
        return graph.add(lab.spec());
    }

    private static Throwable failure(CompletableFuture<?> result) {
        return catchThrowableOfType(ExecutionException.class, () -> result.get(10, TimeUnit.SECONDS))
                .getCause();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void cancelsARunThatAnotherGraphExecutes(Durability durability) {
        Lab lab = waiting(durability).options(graph -> LabGraph.lease(graph, Duration.ofSeconds(1)));
        var result = started(lab);
        Workflow<String, String> other = elsewhere(lab);

        assertThat(other.cancel(T)).isTrue();

        assertThat(failure(result)).isInstanceOf(WorkflowCancelledException.class);
        assertThat(other.state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(other.cancel(T)).isFalse();
    }

    @Test
    void cancelsARunThatAnotherGraphParked() {
        Lab lab = lab(
                        (input, calls, run) -> {
                            run.sleep(Duration.ofDays(1));
                            return input;
                        },
                        Durability.SYNC)
                .options(graph -> graph.parkAfter(Duration.ZERO));
        lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);

        assertThat(elsewhere(lab).cancel("t")).isTrue();
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    @Test
    void leavesARunOfAnotherWorkflowAlone() {
        Lab lab = waiting(Durability.SYNC);
        Workflow<String, String> other = lab.graph()
                .add(WorkflowSpec.<String, String>of("Other.run", TypeRef.of(String.class), TypeRef.of(String.class))
                        .body(call -> "other"));
        var result = started(lab);

        assertThat(other.cancel(T)).isFalse();

        goOn.countDown();
        assertThat(result.join().value()).isEqualTo("x done");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatPausesBeforeItsOwnerHearsOfItIsCancelledAllTheSame(Durability durability) {
        Lab lab = asking(durability);
        Workflow<String, String> other = elsewhere(lab);
        beforeRelease.set(() -> assertThat(other.cancel(T)).isTrue());

        lab.workflow().invoke("x", T);

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(lab.workflow().state(T).pending()).isEmpty();
        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("yes"), T))
                .isInstanceOf(AnswerRefusedException.class)
                .hasMessageContaining("its run was cancelled");
        assertThat(store.thread("t").orElseThrow().head().status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(lab.workflow().invoke("y", T)).isInstanceOf(RunResult.Interrupted.class);
    }

    @Test
    void aRunThatFallsAsleepBeforeItsOwnerHearsOfItIsCancelledAtOnce() {
        Lab lab = lab(
                        (input, calls, run) -> {
                            run.sleep(Duration.ofDays(1));
                            return input;
                        },
                        Durability.SYNC)
                .options(graph -> graph.parkAfter(Duration.ZERO));
        Workflow<String, String> other = elsewhere(lab);
        beforeRelease.set(() -> assertThat(other.cancel(T)).isTrue());

        assertThat(failure(lab.workflow().invokeAsync("x", T))).isInstanceOf(WorkflowCancelledException.class);
        assertThat(store.thread("t").orElseThrow().head().status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRequestThatComesAfterTheEndDoesNotReachTheNextRun(Durability durability) throws Exception {
        Lab lab = waiting(durability).options(graph -> LabGraph.lease(graph, Duration.ofSeconds(1)));
        Workflow<String, String> other = elsewhere(lab);
        var first = started(lab);
        afterRead.set(() -> {
            goOn.countDown();
            assertThat(first.join().value()).isEqualTo("x done");
        });

        assertThat(other.cancel(T)).isFalse();

        assertThat(store.thread("t").orElseThrow().cancelRequested()).isFalse();
        assertThat(lab.workflow().invoke("y", T).value()).isEqualTo("y done");
    }

    @Test
    void aRequestToAnOwnerThatDiesIsFulfilledByItsHeir() {
        Lab lab = waiting(Durability.SYNC);
        var result = started(lab);
        Workflow<String, String> other = elsewhere(lab);
        assertThat(other.cancel(T)).isTrue();
        lab.crash();

        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> other.invoke(Command.proceed(), T));
        assertThat(refused.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(lab.ran("wait")).isEqualTo(1);
        assertThat(result).isCompletedExceptionally();
        assertThat(store.thread("t").orElseThrow().head().status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunThatEndsWhileItsStateIsReadHasNotCrashed(Durability durability) {
        Lab lab = waiting(durability);
        var result = started(lab);
        afterRead.set(() -> {
            goOn.countDown();
            assertThat(result.join().value()).isEqualTo("x done");
        });

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(lab.workflow().state(T).value()).isEqualTo("x done");
    }
}
