package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RecoveredRun;
import dev.clew.flow.RunResult;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that is frozen between its claim and the body's first line, or between the entry that an effect begins and the effect's first
 * line, looks at its lease when it wakes.
 */
@Timeout(30)
public abstract class EffectZombieSuite extends EffectFixture {
    private static final Duration LEASE = Duration.ofMinutes(10);

    private SteppedWorld world = new SteppedWorld();
    private Checkpointer store = Checkpointer.inMemory();
    private final AtomicInteger bodies = new AtomicInteger();

    @BeforeEach
    void begin() throws Exception {
        world = new SteppedWorld();
        store = newStore(world);
    }

    /** A process to which something happens as soon as it is durable that an effect begins. */
    private Lab frozen(Durability durability, Runnable frozen) {
        Checkpointer freezing = new ForwardingCheckpointer(store) {
            private boolean before = true;

            @Override
            public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
                CompletionStage<Void> written = super.write(claim, write, durable);
                if (before
                        && write.log().stream()
                                .anyMatch(record -> text(record.bytes()).contains("effect: begun 1"))) {
                    before = false;
                    written.toCompletableFuture().join();
                    frozen.run();
                }
                return written;
            }
        };
        return opened(new Lab(freezing, durability))
                .options(graph -> LabGraph.lease(graph, LEASE).world(world).closeTimeout(Duration.ZERO))
                .body(paying(reconciled(once(this::book))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private void seize() {
        ThreadRecord row = store.thread("t").orElseThrow();
        assertThat(store.claim(
                        new ClaimRequest("t", "Lab.run", "intruder", row.epoch(), Duration.ofMillis(1), true),
                        new Write(null, List.of(), null, List.of(), null, false)))
                .isPresent();
    }

    private Lab other() {
        return opened(new Lab(new SecondDoor(store), Durability.SYNC))
                .options(graph -> LabGraph.lease(graph, LEASE).world(world))
                .body(paying(reconciled(once(this::book))));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void leaseThatEndedMeanwhileBeginsNothing(Durability durability) {
        Lab lab = frozen(durability, () -> world.advance(LEASE));

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN))
                .isInstanceOf(ClewException.class)
                .hasMessageContaining("could not be renewed");

        assertThat(begun).isEmpty();
        assertThat(recoveredInTime(other()).value()).isEqualTo("receipt of 5!");
        assertThat(begun).containsExactly("2 " + effectId("r"));
    }

    /** What the frozen process has begun may still be leaving; reconciling waits for that, and time goes on meanwhile. */
    private RunResult<?> recoveredInTime(Lab lab) {
        RecoveredRun run = lab.graph().recover().run("t").orElseThrow();
        Eventually.until(() -> {
            world.advance(Duration.ofSeconds(1));
            return run.result().isDone();
        });
        return run.join();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void claimThatAnotherProcessTookMeanwhileBeginsNothing(Durability durability) {
        Lab lab = frozen(durability, () -> {
            world.advance(LEASE.dividedBy(2).plusSeconds(1));
            seize();
        });

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).isInstanceOf(LeaseLostException.class);

        assertThat(begun).isEmpty();
    }

    /** As behind a suspended virtual machine: only the wall clock has moved. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void wallClockThatLeaptAsksTheStore(Durability durability) {
        Lab lab = frozen(durability, () -> {
            world.clock().advance(LEASE);
            seize();
        });

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).isInstanceOf(LeaseLostException.class);

        assertThat(begun).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void overdueRenewalIsMadeUpForAndTheEffectBegins(Durability durability) {
        Lab lab = frozen(durability, () -> world.advance(LEASE.dividedBy(2).plusSeconds(1)));

        RunResult<String> paid = lab.workflow().invoke("5", RUN);

        assertThat(paid.value()).isEqualTo("receipt of 5!");
        assertThat(begun).containsExactly("1 " + effectId("r"));
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);
    }

    /** A process to which something happens as soon as its claim is stored, before the run is known to its graph. */
    private Lab frozenAfterItsClaim(Durability durability, Runnable frozen) {
        Checkpointer freezing = new ForwardingCheckpointer(store) {
            private boolean before = true;

            @Override
            public Optional<Claim> claim(ClaimRequest request, Write first) {
                Optional<Claim> claim = super.claim(request, first);
                if (before && claim.isPresent()) {
                    before = false;
                    frozen.run();
                }
                return claim;
            }
        };
        return opened(new Lab(freezing, durability))
                .options(graph -> LabGraph.lease(graph, LEASE).world(world).closeTimeout(Duration.ZERO))
                .body((input, calls, run) -> {
                    bodies.incrementAndGet();
                    return calls.task("plain", input, in -> in + "!").join();
                });
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void leaseThatEndedRightAfterTheClaimBeginsNoBody(Durability durability) {
        Lab lab = frozenAfterItsClaim(durability, () -> {
            world.advance(LEASE);
            seize();
        });

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).isInstanceOf(LeaseLostException.class);

        assertThat(bodies).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void claimThatWasTakenRightAfterItWasMadeBeginsNoBody(Durability durability) {
        Lab lab = frozenAfterItsClaim(durability, () -> {
            world.advance(LEASE.dividedBy(2).plusSeconds(1));
            seize();
        });

        assertThatThrownBy(() -> lab.workflow().invoke("5", RUN)).isInstanceOf(LeaseLostException.class);

        assertThat(bodies).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void renewalThatIsOverdueSinceTheClaimIsMadeUpFor(Durability durability) {
        Lab lab = frozenAfterItsClaim(
                durability, () -> world.advance(LEASE.dividedBy(2).plusSeconds(1)));

        assertThat(lab.workflow().invoke("5", RUN).value()).isEqualTo("5!");

        assertThat(bodies).hasValue(1);
    }
}
