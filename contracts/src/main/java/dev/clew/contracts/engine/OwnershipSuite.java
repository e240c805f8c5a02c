package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.LabGraph;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.FailingCheckpointer;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One owner per thread: who is busy, who waits, who takes over, and what becomes of a zombie. */
@Timeout(30)
public abstract class OwnershipSuite extends EngineSuite {
    private static final Duration SHORT = Duration.ofMillis(150);

    /** Short, and long enough for a busy machine to renew it in time. */
    private static final Duration RENEWED = Duration.ofSeconds(1);

    private Checkpointer store;
    private CountDownLatch goOn;

    @BeforeEach
    void begin() throws Exception {
        store = newStore();
        goOn = new CountDownLatch(1);
    }

    /** A program whose only task waits for {@link #goOn}. */
    private Lab waiting(Checkpointer at, Durability durability) {
        return opened(new Lab(at, durability))
                .options(graph -> graph.closeTimeout(Duration.ZERO))
                .body((input, calls, run) -> calls.task("wait", input, s -> {
                            goOn.await();
                            return s + " done";
                        })
                        .join());
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

    /** Takes the thread by force, as a process would that thinks that the owner is gone. */
    private Claim seize() {
        ThreadRecord row = store.thread("t").orElseThrow();
        return store.claim(
                        new ClaimRequest("t", "Lab.run", "intruder", row.epoch(), Duration.ofMinutes(1), true),
                        new Write(null, List.of(), null, List.of(), null, false))
                .orElseThrow();
    }

    private static Throwable failure(CompletableFuture<?> result) {
        return catchThrowableOfType(ExecutionException.class, () -> result.get(10, TimeUnit.SECONDS))
                .getCause();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B141")
    void refusesASecondInvocationWithTheOwnerAndSinceWhen(Durability durability) throws Exception {
        Lab lab = waiting(store, durability);
        var first = started(lab);
        ThreadRecord row = store.thread("t").orElseThrow();

        for (Workflow<String, String> workflow : List.of(lab.workflow(), elsewhere(lab))) {
            ThreadBusyException busy = catchThrowableOfType(ThreadBusyException.class, () -> workflow.invoke("y", T));
            assertThat(busy.owner()).contains(row.lease().owner());
            assertThat(busy.since()).isEqualTo(row.lease().since());
            assertThat(busy).hasMessageContaining("RunConfig.whenBusy");
        }

        assertThat(store.thread("t").orElseThrow().epoch()).isEqualTo(row.epoch());
        goOn.countDown();
        assertThat(first.get().value()).isEqualTo("x done");
        assertThat(lab.ran("wait")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B141")
    void letsInvocationsThatWaitRunOneAfterTheOther(Durability durability) throws Exception {
        TypeRef<String> text = TypeRef.of(String.class);
        Lab lab = opened(new Lab(store, durability))
                .spec(WorkflowSpec.of("Lab.run", text, text)
                        .previous(text)
                        .body(call -> (call.<String>previous() == null ? "" : call.<String>previous()) + call.arg(0)));
        Workflow<String, String> other = elsewhere(lab);
        List<CompletableFuture<RunResult<String>>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            results.add((i % 2 == 0 ? lab.workflow() : other)
                    .invokeAsync("+", T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(20)))));
        }
        for (CompletableFuture<RunResult<String>> result : results) {
            result.get(20, TimeUnit.SECONDS);
        }

        assertThat(lab.workflow().state(T).value()).isEqualTo("++++++++++");
        assertThat(lab.workflow().history("t")).hasSize(20);
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        Lab lab = waiting(store, Durability.SYNC);
        started(lab);

        assertThatThrownBy(() -> lab.workflow().invoke("y", T.whenBusy(WhenBusy.waitUpTo(Duration.ofMillis(50)))))
                .isInstanceOf(ThreadBusyException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void takesOverFromAGraphThatDiedAtOnce(Durability durability) throws Exception {
        Lab lab = waiting(store, durability);
        started(lab);
        Workflow<String, String> other = elsewhere(lab);
        lab.graph().engine().crash();
        goOn.countDown();

        assertThat(store.thread("t").orElseThrow().lease().expired()).isFalse();
        assertThat(other.state(T).status()).isEqualTo(ThreadStatus.CRASHED);
        assertThat(other.invoke(Command.proceed(), T).value()).isEqualTo("x done");
    }

    @Test
    void waitsForTheLeaseOfAnOwnerThatItCannotSee() throws Exception {
        Lab lab = waiting(store, Durability.SYNC);
        goOn.countDown();
        lab.workflow().invoke("x", T);
        ThreadRecord row = store.thread("t").orElseThrow();
        assertThat(store.claim(
                        new ClaimRequest("t", "Lab.run", "far|boot|ns|1|2", row.epoch(), Duration.ofSeconds(2), false),
                        new Write(null, List.of(), null, List.of(), null, false)))
                .isPresent();

        assertThatThrownBy(() -> lab.workflow().invoke("y", T))
                .isInstanceOf(ThreadBusyException.class)
                .hasMessageContaining("far|boot");
        assertThat(lab.workflow()
                        .invoke("y", T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(10))))
                        .value())
                .isEqualTo("y done");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesTheWritesOfAZombie(Durability durability) {
        Lab lab = waiting(store, durability);
        var zombie = started(lab);
        Claim intruder = seize();
        goOn.countDown();

        assertThat(failure(zombie)).isInstanceOf(LeaseLostException.class);

        List<Long> log = new ArrayList<>();
        store.thread("t")
                .map(row -> row.head().runId())
                .ifPresent(run -> store.scan("t", run, 0, r -> log.add(r.seq())));
        assertThat(log).isEmpty();
        assertThat(store.thread("t").orElseThrow().epoch()).isEqualTo(intruder.epoch());
    }

    @Test
    void stopsARunWhoseClaimIsLostThoughItWritesNothing() {
        Lab lab = waiting(store, Durability.SYNC).options(graph -> LabGraph.lease(graph, RENEWED));
        var zombie = started(lab);
        seize();

        assertThat(failure(zombie)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void stopsARunWhoseClaimCannotBeRenewedBeforeItRunsOut() {
        ForwardingCheckpointer unwell = new ForwardingCheckpointer(store) {
            @Override
            protected void before(String call) {
                if (call.equals("renew")) {
                    throw new CheckpointException("the disk is gone");
                }
            }
        };
        Lab lab = waiting(unwell, Durability.SYNC)
                .options(graph -> LabGraph.lease(graph, Duration.ofMillis(600)).closeTimeout(Duration.ZERO));
        var result = started(lab);

        assertThat(failure(result)).isInstanceOf(ClewException.class).hasMessageContaining("could not be renewed");
        Lease lease = store.thread("t").orElseThrow().lease();
        assertThat(lease == null || !lease.expired()).isTrue();
    }

    /** A store that does not answer: as behind a connection that was cut. */
    @Test
    void stopsARunWhoseRenewalHangsBeforeItsLeaseRunsOut() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        ForwardingCheckpointer hangs = new ForwardingCheckpointer(store) {
            @Override
            protected void before(String call) {
                if (call.equals("renew")) {
                    answer.join();
                }
            }
        };
        Lab lab = waiting(hangs, Durability.SYNC)
                .options(graph -> LabGraph.lease(graph, Duration.ofMillis(900)).closeTimeout(Duration.ZERO));
        try {
            var result = started(lab);

            assertThat(failure(result)).isInstanceOf(ClewException.class).hasMessageContaining("could not be renewed");
            Lease lease = store.thread("t").orElseThrow().lease();
            assertThat(lease == null || !lease.expired()).isTrue();
        } finally {
            answer.complete(null);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void givesAThreadBackWhoseLogCannotBeWritten(Durability durability) {
        goOn.countDown();
        Lab lab = waiting(new FailingCheckpointer(store).failFrom(0), durability);

        assertThatThrownBy(() -> lab.workflow().invoke("x", T)).isInstanceOf(CheckpointException.class);

        Eventually.until(() -> store.thread("t").orElseThrow().lease() == null);
        assertThat(elsewhere(lab).invoke("y", T).value()).isEqualTo("y done");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void givesAThreadBackWhoseClaimWasMadeAndNotHeardOf(Durability durability) {
        goOn.countDown();
        AtomicBoolean unwell = new AtomicBoolean(true);
        Lab lab = waiting(
                new ForwardingCheckpointer(store) {
                    @Override
                    public Optional<Claim> claim(ClaimRequest request, Write first) {
                        Optional<Claim> claim = super.claim(request, first);
                        if (unwell.getAndSet(false)) {
                            throw new CheckpointException("the answer was lost");
                        }
                        return claim;
                    }
                },
                durability);

        assertThatThrownBy(() -> lab.workflow().invoke("x", T)).isInstanceOf(CheckpointException.class);

        Eventually.until(() -> store.thread("t").orElseThrow().lease() == null);
        assertThat(elsewhere(lab).invoke("y", T).value()).isEqualTo("y done");
    }

    @Test
    void renewsTheClaimOfALongRun() throws Exception {
        Lab lab = waiting(store, Durability.SYNC)
                .options(graph -> LabGraph.lease(graph, RENEWED).closeTimeout(Duration.ZERO));
        var result = started(lab);
        long since = System.nanoTime();
        Eventually.until(
                () -> System.nanoTime() - since > RENEWED.multipliedBy(2).toNanos());

        assertThatThrownBy(() -> elsewhere(lab).invoke("y", T)).isInstanceOf(ThreadBusyException.class);
        goOn.countDown();
        assertThat(result.get().value()).isEqualTo("x done");
    }

    @Test
    void neverTakesARunOfItsOwnForAbandoned() throws Exception {
        goOn.countDown();
        Lab lab = waiting(store, Durability.ASYNC);
        Workflow<String, String> workflow = lab.workflow();
        for (int round = 0; round < 50; round++) {
            List<CompletableFuture<RunResult<String>>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(CompletableFuture.supplyAsync(
                        () -> workflow.invoke("x", T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(10))))));
            }
            for (CompletableFuture<RunResult<String>> result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS).value()).isEqualTo("x done");
            }
        }

        assertThat(lab.ran("wait")).isEqualTo(200);
        assertThat(lab.workflow().history("t")).hasSize(400);
    }
}
