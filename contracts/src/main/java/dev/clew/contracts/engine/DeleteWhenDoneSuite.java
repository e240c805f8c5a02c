package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.GraphBuilder;
import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.queue.Worker;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadSummary;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that are deleted some time after their run is over. */
public abstract class DeleteWhenDoneSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RunConfig FOR_AN_HOUR = T.deleteWhenDone(HOUR);

    private final SteppedWorld time = new SteppedWorld();
    private Checkpointer store;

    /** Another one each time, over the same store: what the one before it does not do is left to it. */
    private Lab process(Durability durability) throws Exception {
        store = store == null ? newStore(time) : store;
        return opened(new Lab(store, durability)).options(this::stepped);
    }

    private GraphBuilder<LabGraph> stepped(GraphBuilder<LabGraph> graph) {
        return LabGraph.lease(graph.world(time), SteppedWorld.LEASE);
    }

    private static Optional<ThreadSummary> thread(Lab lab) {
        return lab.graph().threads(ThreadQuery.all()).stream().findFirst();
    }

    private static Optional<Instant> deleteAt(Lab lab) {
        return thread(lab).orElseThrow().deleteAt();
    }

    private static boolean isThere(Lab lab) {
        return thread(lab).isPresent();
    }

    /** The engine's clock counts microseconds. */
    private Instant inAnHour() {
        return time.clock().instant().truncatedTo(ChronoUnit.MICROS).plus(HOUR);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRecoveryDeletesIt(Durability durability) throws Exception {
        Instant due;
        try (Lab first = process(durability).body((input, calls, run) -> input)) {
            first.workflow().invoke("x", FOR_AN_HOUR);
            due = inAnHour();
        }
        Lab second = process(durability).body((input, calls, run) -> input);
        second.workflow();
        assertThat(deleteAt(second).orElseThrow()).isEqualTo(due);
        assertThat(thread(second).orElseThrow().wakeAt()).isEmpty();

        time.advance(HOUR.minusMillis(1));
        second.graph().recover();
        assertThat(isThere(second)).isTrue();

        time.advance(Duration.ofMillis(1));
        second.graph().recover();
        assertThat(isThere(second)).isFalse();
        assertThat(store.run("t", "anything")).isEmpty();
    }

    @Test
    void theGraphInWhichTheRunEndedDeletesIt() throws Exception {
        Lab lab = process(Durability.ASYNC).body((input, calls, run) -> input);
        lab.workflow().invoke("x", FOR_AN_HOUR);
        lab.workflow().invoke("y", RunConfig.thread("later").deleteWhenDone(HOUR.multipliedBy(2)));
        lab.workflow().invoke("z", RunConfig.thread("stays"));

        time.advance(HOUR.plusMinutes(6));
        Eventually.until(() -> lab.graph().threads(ThreadQuery.all()).size() == 2);

        // The looks in between find nothing.
        Eventually.until(() -> {
            time.advance(Duration.ofMinutes(7));
            return lab.graph().threads(ThreadQuery.all()).size() == 1;
        });
        assertThat(thread(lab).orElseThrow().threadId()).isEqualTo("stays");
    }

    @Test
    void aShortTimeIsKeptBesideALongOne() throws Exception {
        Lab lab = process(Durability.ASYNC).body((input, calls, run) -> input);
        lab.workflow().invoke("x", RunConfig.thread("long").deleteWhenDone(Duration.ofDays(7)));
        lab.workflow().invoke("x", FOR_AN_HOUR);
        lab.workflow().invoke("x", RunConfig.thread("for ever").deleteWhenDone(ChronoUnit.FOREVER.getDuration()));

        time.advance(HOUR.plusMinutes(6));
        Eventually.until(() -> lab.graph().threads(ThreadQuery.all()).size() == 2);
        time.advance(Duration.ofDays(8));
        Eventually.until(() -> lab.graph().threads(ThreadQuery.all()).size() == 1);
    }

    @Test
    void aCopyIsKept() throws Exception {
        Lab lab = process(Durability.ASYNC).body((input, calls, run) -> input);
        lab.workflow().invoke("x", FOR_AN_HOUR);

        lab.graph().copyThread("t", "copy");
        time.advance(HOUR.multipliedBy(2));
        lab.graph().recover();

        assertThat(thread(lab).orElseThrow().threadId()).isEqualTo("copy");
        assertThat(deleteAt(lab)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aWorkerDeletesWhatWasEnqueued(Durability durability) throws Exception {
        Worker worker = Worker.of("q").pollEvery(Duration.ofSeconds(1));
        Lab lab = process(durability)
                .options(graph -> stepped(graph).worker(worker))
                .body((input, calls, run) -> input);
        CompletableFuture<?> result =
                lab.workflow().enqueue("x", FOR_AN_HOUR.queue("q")).resultAsync();
        Eventually.until(() -> {
            time.advance(Duration.ofSeconds(1));
            return result.isDone();
        });
        assertThat(deleteAt(lab)).isPresent();

        time.advance(HOUR.minusMinutes(2));
        assertThat(isThere(lab)).isTrue();
        Eventually.until(() -> {
            time.advance(Duration.ofSeconds(1));
            return !isThere(lab);
        });
    }

    @Test
    void anotherRunOrAnEditKeepsIt() throws Exception {
        Lab lab = process(Durability.ASYNC).body((input, calls, run) -> input);
        lab.workflow().invoke("x", FOR_AN_HOUR);
        lab.workflow().invoke("y", T);

        assertThat(deleteAt(lab)).isEmpty();
        time.advance(HOUR.multipliedBy(2));
        lab.graph().recover();
        assertThat(lab.workflow().state(T).value()).isEqualTo("y");

        lab.workflow().invoke("z", FOR_AN_HOUR);
        assertThat(deleteAt(lab)).isPresent();
        lab.workflow().updateState(T, "edited");
        assertThat(deleteAt(lab)).isEmpty();
    }

    @Test
    void aRunThatIsAskedAndAnsweredElsewhereStillSaysIt() throws Exception {
        try (Lab first = process(Durability.ASYNC).body((input, calls, run) -> input + run.interrupt(NAME, "who?"))) {
            first.workflow().invoke("hi ", FOR_AN_HOUR);
            assertThat(deleteAt(first)).isEmpty();
        }
        time.advance(HOUR.multipliedBy(2));
        Lab second = process(Durability.ASYNC).body((input, calls, run) -> input + run.interrupt(NAME, "who?"));
        second.workflow();
        second.graph().recover();

        assertThat(second.workflow().invoke(Command.resume("ann"), T).value()).isEqualTo("hi ann");
        assertThat(deleteAt(second)).contains(inAnHour());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aCancelledRunIsOver(Durability durability) throws Exception {
        Lab lab = process(durability).body((input, calls, run) -> run.interrupt(NAME, "who?"));
        lab.workflow().invoke("x", FOR_AN_HOUR);

        assertThat(lab.workflow().cancel(T)).isTrue();

        assertThat(deleteAt(lab)).contains(inAnHour());
    }

    @Test
    void aFailedRunIsNotOver() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab lab = process(Durability.ASYNC)
                .body((input, calls, run) -> calls.task("t", input, in -> {
                            if (broken.get()) {
                                throw new IllegalStateException("broken");
                            }
                            return in;
                        })
                        .join());
        assertThatThrownBy(() -> lab.workflow().invoke("x", FOR_AN_HOUR)).isInstanceOf(WorkflowFailedException.class);
        assertThat(deleteAt(lab)).isEmpty();
        time.advance(HOUR.multipliedBy(2));
        lab.graph().recover();

        broken.set(false);
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x");
        assertThat(deleteAt(lab)).contains(inAnHour());
    }

    @Test
    void aThreadThatIsWantedIsNotDeleted() throws Exception {
        Gate gate = new Gate();
        Lab lab = process(Durability.EXIT)
                .body((input, calls, run) -> input.equals("slow")
                        ? calls.task("t", input, gate::pass).join()
                        : input);
        lab.workflow().invoke("x", FOR_AN_HOUR);
        lab.workflow()
                .enqueue(
                        "later", RunConfig.thread("t").queue("without a worker").delay(Duration.ofDays(1)));
        time.advance(HOUR.multipliedBy(2));
        lab.graph().recover();
        assertThat(isThere(lab)).isTrue();

        lab.workflow().invoke("x", RunConfig.thread("u").deleteWhenDone(HOUR));
        CompletableFuture<?> executing = CompletableFuture.runAsync(
                () -> lab.workflow().invoke("slow", RunConfig.thread("u").deleteWhenDone(Duration.ZERO)));
        gate.awaitArrival();
        time.advance(HOUR.multipliedBy(2));
        lab.graph().recover();
        assertThat(lab.graph().threads(ThreadQuery.all())).hasSize(2);

        gate.open();
        executing.join();
        lab.graph().recover();
        assertThat(thread(lab).orElseThrow().threadId()).isEqualTo("t");
        assertThat(lab.graph().threads(ThreadQuery.all())).hasSize(1);
    }

    /** So that a store can give them one commit. */
    @Test
    void threadsThatAreDueTogetherAreHandedToTheStoreTogether() throws Exception {
        AtomicInteger together = new AtomicInteger();
        AtomicInteger alone = new AtomicInteger();
        store = new ForwardingCheckpointer(newStore(time)) {
            @Override
            public CompletionStage<Boolean> submit(Deletion deletion) {
                together.incrementAndGet();
                return store().submit(deletion);
            }

            @Override
            public boolean delete(Deletion deletion) {
                alone.incrementAndGet();
                return store().delete(deletion);
            }
        };
        Lab lab = process(Durability.SYNC).body((input, calls, run) -> input);
        for (int i = 0; i < 20; i++) {
            lab.workflow().invoke("x", RunConfig.thread("t" + i).deleteWhenDone(HOUR));
        }
        lab.workflow().invoke("x", RunConfig.thread("later").deleteWhenDone(HOUR.multipliedBy(3)));
        time.advance(HOUR.multipliedBy(2));

        lab.graph().recover();

        assertThat(thread(lab).orElseThrow().threadId()).isEqualTo("later");
        // The graph's own look may be under way beside the recovery's.
        assertThat(together).hasValueGreaterThanOrEqualTo(20);
        assertThat(alone).hasValue(0);
    }

    @Test
    void theTimeIsNotNegative() {
        assertThatThrownBy(() -> T.deleteWhenDone(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("deleteWhenDone")
                .hasMessageContaining("PT-0.001S");
        assertThat(T.deleteWhenDone()).isEmpty();
        assertThat(FOR_AN_HOUR.deleteWhenDone()).contains(HOUR);
    }
}
