package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Operator;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.Worker;
import dev.clew.state.CopyReport;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.value.EncryptingCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads are copied from one store to another: from this one to memory, and from memory to this one. */
public abstract class StoreCopySuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private Lab over(Checkpointer store, Durability durability) {
        return opened(new Lab(store, durability))
                .body((input, calls, run) ->
                        calls.task("greet", input, in -> in + "!").join()
                                + run.interrupt(NAME, "who?")
                                + calls.task("part", input, in -> "bye " + in).join());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aPausedRunContinuesInTheOtherStore(Durability durability) throws Exception {
        Checkpointer here = newStore();
        Lab before = over(here, durability);
        before.workflow().invoke("hi", T);
        before.close();

        Checkpointer memory = Checkpointer.inMemory();
        Checkpointer back = newStore();
        assertThat(Operator.copy(here, memory)).isEqualTo(new CopyReport(1, 0, List.of()));
        assertThat(Operator.copy(memory, back)).isEqualTo(new CopyReport(1, 0, List.of()));
        assertThat(Operator.copy(memory, back)).isEqualTo(new CopyReport(0, 1, List.of()));

        Lab after = over(back, durability);
        assertThat(after.workflow().state(T).pending()).hasSize(1);
        assertThat(after.workflow().state(T).pending().get(0).id())
                .isEqualTo(over(here, durability)
                        .workflow()
                        .state(T)
                        .pending()
                        .get(0)
                        .id());
        assertThat(after.workflow().invoke(Command.resume("ann"), T).value()).isEqualTo("hi!annbye hi");
        assertThat(after.ran()).containsExactly("part");
    }

    @Test
    void runsKeepTheirNumbersAndTheirHistory() throws Exception {
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC)).body((input, calls, run) -> input);
        for (String input : List.of("a", "b", "c")) {
            before.workflow().invoke(input, T.metadata("input", input));
        }

        Checkpointer memory = Checkpointer.inMemory();
        assertThat(Operator.copy(here, memory).isComplete()).isTrue();

        Lab after = opened(new Lab(memory, Durability.SYNC)).body((input, calls, run) -> input);
        assertThat(after.workflow().history("t")).isEqualTo(before.workflow().history("t"));
        assertThat(memory.thread("t").orElseThrow().runs()).isEqualTo(3);
        assertThat(after.workflow().invoke("d", T).value()).isEqualTo("d");
        assertThat(after.workflow().state(T).runNumber()).isEqualTo(4);
    }

    @Test
    void encryptedValuesAreCopiedWithoutTheirKey() throws Exception {
        var codec = EncryptingCodec.builder(JsonCodec.standard())
                .key("k", new SecretKeySpec(new byte[32], "AES"))
                .build();
        Checkpointer here = newStore();
        Lab before = over(here, Durability.SYNC).options(graph -> graph.codec(codec));
        before.workflow().invoke("hi", T.metadata("user", "ann"));
        before.close();

        Checkpointer memory = Checkpointer.inMemory();
        assertThat(Operator.copy(here, memory).isComplete()).isTrue();

        Lab after = over(memory, Durability.SYNC).options(graph -> graph.codec(codec));
        assertThat(after.workflow().invoke(Command.resume("ann"), T).value()).isEqualTo("hi!annbye hi");
    }

    @Test
    void crashedAndFailedRunsContinueToo() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Lab.Body body = (input, calls, run) -> {
            String first = calls.task("first", input, in -> in + "1").join();
            return calls.task("second", first, in -> {
                        if (broken.get()) {
                            throw new IllegalStateException("broken");
                        }
                        return in + "2";
                    })
                    .join();
        };
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC)).body(body);
        assertThatThrownBy(() -> before.workflow().invoke("x", T)).isInstanceOf(WorkflowFailedException.class);

        Checkpointer memory = Checkpointer.inMemory();
        assertThat(Operator.copy(here, memory).isComplete()).isTrue();

        broken.set(false);
        Lab after = opened(new Lab(memory, Durability.SYNC)).body(body);
        assertThat(after.workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(after.workflow().invoke(Command.proceed(), T).value()).isEqualTo("x12");
        assertThat(after.ran()).containsExactly("second");
    }

    @Test
    void whatCannotBeCopiedIsNamedAndChangesNothing() throws Exception {
        Gate gate = new Gate();
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC))
                .body((input, calls, run) -> calls.task("slow", input, in -> in.equals("slow") ? gate.pass(in) : in)
                        .join());
        before.workflow().invoke("x", RunConfig.thread("rests"));
        before.workflow().invoke("x", RunConfig.thread("taken"));
        RunHandle<String> waits =
                before.workflow().enqueue("x", RunConfig.thread("waits").queue("q"));
        CompletableFuture<?> slow =
                CompletableFuture.runAsync(() -> before.workflow().invoke("slow", RunConfig.thread("executes")));
        gate.awaitArrival();
        Checkpointer memory = Checkpointer.inMemory();
        Lab other = opened(new Lab(memory, Durability.SYNC)).body((input, calls, run) -> "another");
        other.workflow().invoke("y", RunConfig.thread("taken"));

        CopyReport report = Operator.copy(here, memory);

        assertThat(report.copied()).isEqualTo(1);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.left())
                .hasSize(2)
                .anySatisfy(why -> assertThat(why).contains("'executes'"))
                .anySatisfy(why -> assertThat(why).contains("'taken' exists"));
        assertThat(memory.thread("executes")).isEmpty();
        assertThat(other.workflow().state("taken").value()).isEqualTo("another");
        assertThat(waits.cancel()).isTrue();

        gate.open();
        slow.join();
        assertThat(Operator.copy(here, memory, ThreadQuery.all().limit(1)))
                .satisfies(again -> assertThat(again.copied()).isEqualTo(1))
                .satisfies(again -> assertThat(again.present()).isEqualTo(1));
    }

    @Test
    void aDamagedThreadIsNamedAndTheOthersAreCopied() throws Exception {
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC))
                .body((input, calls, run) ->
                        calls.task("greet", input, in -> in + "!").join() + run.interrupt(NAME, "who?"));
        for (String id : List.of("a", "damaged", "z")) {
            before.workflow().invoke("x", RunConfig.thread(id));
        }
        before.close();
        Checkpointer damaging = new ForwardingCheckpointer(here) {
            @Override
            public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
                super.scan(
                        threadId,
                        runId,
                        fromSeq,
                        record -> consumer.accept(
                                threadId.equals("damaged") ? new LogRecord(record.seq(), new byte[] {99}) : record));
            }

            @Override
            public void scan(String threadId, String runId, long fromSeq, int atMost, Consumer<LogRecord> consumer) {
                scan(threadId, runId, fromSeq, consumer);
            }
        };
        Checkpointer memory = Checkpointer.inMemory();

        CopyReport report = Operator.copy(damaging, memory);

        assertThat(report.copied()).isEqualTo(2);
        assertThat(report.left()).singleElement().asString().contains("'damaged'");
        assertThat(memory.thread("damaged")).isEmpty();
        assertThat(memory.thread("z")).isPresent();
    }

    @Test
    void aStoreThatIsAwayEndsTheCopy() throws Exception {
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC)).body((input, calls, run) -> input);
        before.workflow().invoke("x", T);
        Checkpointer away = new ForwardingCheckpointer(Checkpointer.inMemory()) {
            @Override
            protected void before(String call) {
                throw new CheckpointException("away");
            }

            @Override
            public Instant now() {
                throw new CheckpointException("away");
            }
        };

        assertThatThrownBy(() -> Operator.copy(here, away)).isInstanceOf(CheckpointException.class);
    }

    @Test
    void runsThatWereRolledBackAreCopiedSoThatTheirIdsStayUsed() throws Exception {
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC))
                .options(graph -> graph.worker(Worker.of("q").pollEvery(Duration.ofMillis(20))))
                .body((input, calls, run) -> input.equals("ask") ? run.interrupt(NAME, "who?") : input);
        before.workflow().invoke("x", T.runId("first"));
        before.workflow().enqueue("ask", T.queue("q").runId("undone")).result();
        before.workflow()
                .enqueue("y", T.queue("q").runId("last").whenBusy(WhenBusy.rollback()))
                .result();
        Eventually.until(() -> here.queue().list(QueueQuery.all().thread("t")).stream()
                .allMatch(row -> row.state().isOver()));
        Checkpointer memory = Checkpointer.inMemory();
        Checkpointer back = newStore();

        assertThat(Operator.copy(here, memory).left()).isEmpty();
        assertThat(Operator.copy(memory, back).left()).isEmpty();

        assertThat(here.runs("t")).extracting(RunRecord::runId).contains("first", "undone", "last");
        for (Checkpointer copy : List.of(memory, back)) {
            assertThat(copy.runs("t")).usingRecursiveComparison().isEqualTo(here.runs("t"));
        }
        assertThat(Operator.copy(here, back).present()).isEqualTo(1);
    }

    @Test
    void unsettledThreadsAreNamedIfTheyAreAskedFor() throws Exception {
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC)).body((input, calls, run) -> input);
        before.workflow().invoke("x", T);

        assertThat(Operator.copy(
                        here, Checkpointer.inMemory(), ThreadQuery.all().unsettled()))
                .isEqualTo(new CopyReport(0, 0, List.of()));
    }

    @Test
    void aThreadWithRequestsStays() throws Exception {
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC)).body((input, calls, run) -> input);
        before.workflow().invoke("x", T);
        before.workflow().enqueue("y", T.queue("q"));

        assertThat(Operator.copy(here, Checkpointer.inMemory()).left())
                .singleElement()
                .asString()
                .contains("'t'", "queue");
    }

    @Test
    void threadsAreChosen() throws Exception {
        Checkpointer here = newStore();
        Lab before = opened(new Lab(here, Durability.SYNC)).body((input, calls, run) -> input);
        for (String id : List.of("a", "b", "c")) {
            before.workflow().invoke("x", RunConfig.thread(id));
        }
        Checkpointer memory = Checkpointer.inMemory();

        Operator.copy(here, memory, ThreadQuery.all().after("a").limit(1));

        assertThat(memory.thread("a")).isEmpty();
        assertThat(memory.thread("b")).isPresent();
        assertThat(memory.thread("c")).isPresent();
    }
}
