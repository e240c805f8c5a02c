package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Deletion;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.FailingCheckpointer;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Retention;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenInterrupted;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.json.JsonCodec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copying threads, and removing what is old of them. */
public abstract class RetentionSuite extends EngineSuite {
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);
    private static final RunConfig COPY = RunConfig.thread("copy");
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private static String asking(String input, Lab.Calls calls, Run run) {
        String draft = calls.task("draft", input, s -> s + "!").join();
        return draft + run.interrupt(OK, draft) + run.randomUuid();
    }

    private Lab appending(Durability durability) throws Exception {
        return appending(lab(durability));
    }

    private static Lab appending(Lab lab) {
        return lab.spec(WorkflowSpec.of("Lab.run", TEXT, TEXT).previous(TEXT).body(call -> {
            String input = call.arg(0);
            String before = call.previous();
            return (before == null ? "" : before)
                    + (input.equals("ask") ? call.run().interrupt(OK, "?") : input);
        }));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B212")
    void copiesAParkedRunSoThatBothGoOnAlike(Durability durability) throws Exception {
        Codec encrypting = EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", new SecretKeySpec(new byte[32], "AES"))
                .build();
        Lab lab = lab(durability).options(graph -> graph.codec(encrypting)).body(RetentionSuite::asking);
        PendingInterrupt<String, Boolean> question =
                ((RunResult.Interrupted<String>) lab.workflow().invoke("x", T)).only(OK);

        lab.graph().copyThread("t", "copy");

        PendingInterrupt<String, Boolean> copied =
                lab.restart().workflow().state(COPY).only(OK);
        assertThat(copied.value()).isEqualTo("x!");
        assertThat(copied.id()).isNotEqualTo(question.id());
        String there = lab.workflow().invoke(copied.answer(true), COPY).value();
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(lab.workflow().invoke(question.answer(true), T).value()).isEqualTo(there);
        assertThat(lab.ran()).containsExactly("draft");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B212")
    @Tag("B237")
    void copiesHistoryAndValue(Durability durability) throws Exception {
        Lab lab = appending(durability);
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        lab.workflow().updateState(T, "set ");

        lab.graph().copyThread("t", "copy");

        assertThat(lab.workflow().history("copy"))
                .extracting(HistoryEntry::id, HistoryEntry::value, HistoryEntry::step)
                .containsExactlyElementsOf(lab.workflow().history("t").stream()
                        .map(e -> Tuple.tuple(e.id(), e.value(), e.step()))
                        .toList());
        assertThat(lab.workflow().invoke("c", COPY).value()).isEqualTo("set c");
        assertThat(lab.workflow().state(T).value()).isEqualTo("set ");
    }

    @Test
    void refusesToCopyWhatRunsOrToWhatExists() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.task("wait", input, s -> {
                            goOn.await();
                            return s;
                        })
                        .join());
        assertThatThrownBy(() -> lab.graph().copyThread("t", "copy")).isInstanceOf(RequestRefusedException.class);
        var running = lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.ran("wait") == 1);
        assertThatThrownBy(() -> lab.graph().copyThread("t", "copy")).isInstanceOf(ThreadBusyException.class);
        goOn.countDown();
        running.get();

        lab.graph().copyThread("t", "copy");

        assertThatThrownBy(() -> lab.graph().copyThread("t", "copy"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("exists");
    }

    @Test
    void leavesNothingOfACopyThatFailed() throws Exception {
        FailingCheckpointer store = new FailingCheckpointer(newStore());
        Lab lab = opened(new Lab(store, Durability.SYNC)).body(RetentionSuite::asking);
        lab.workflow().invoke("x", T);
        store.failFrom(1);
        assertThatThrownBy(() -> lab.graph().copyThread("t", "copy")).hasMessageContaining("the disk is full");
        assertThat(lab.workflow().state(COPY).runId()).isNull();

        store.heal();
        lab.graph().copyThread("t", "copy");

        assertThat(lab.workflow().state(COPY).only(OK).value()).isEqualTo("x!");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B212")
    void keepsTheLastRunsAndWhatTheNextOneNeeds(Durability durability) throws Exception {
        Lab lab = appending(durability);
        for (String input : "abcde".split("")) {
            lab.workflow().invoke(input, T);
        }

        assertThat(lab.graph().keepLast("t", 2)).isEqualTo(3);

        assertThat(lab.workflow().history("t"))
                .extracting(HistoryEntry::value)
                .containsExactly("abcde", "abcd", "abcd", null);
        assertThat(lab.graph().keepLast("t", 2)).isZero();
        assertThat(lab.workflow().invoke("f", T).value()).isEqualTo("abcdef");
        assertThatThrownBy(() -> lab.graph().keepLast("t", 0)).isInstanceOf(RequestRefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void keepsTheUnfinishedRunAndTheResultBeforeIt(Durability durability) throws Exception {
        Lab lab = appending(durability);
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        lab.workflow().invoke("ask", T);
        lab.workflow().invoke("ask", ABANDONING);

        assertThat(lab.graph().keepLast(1)).isEqualTo(2);

        assertThat(lab.workflow().state(T).value()).isEqualTo("ab");
        assertThat(lab.restart().workflow().invoke(Command.resume(true), T).value())
                .isEqualTo("abtrue");
    }

    @Test
    void deletesRunsThatAreOlderThanAMoment() throws Exception {
        Lab lab = appending(Durability.SYNC);
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        lab.workflow().invoke("a", RunConfig.thread("u"));
        Instant moment = Instant.now().plusMillis(1);
        Eventually.until(() -> Instant.now().isAfter(moment));
        lab.workflow().invoke("c", T);

        assertThat(lab.graph().deleteOlderThan(moment.minus(Duration.ofDays(1))))
                .isZero();
        assertThat(lab.graph().deleteOlderThan(moment)).isEqualTo(2);

        assertThat(lab.workflow().history("t")).hasSize(2);
        assertThat(lab.workflow().history("u")).hasSize(2);
        assertThat(lab.workflow().state(T).value()).isEqualTo("abc");
    }

    @Test
    void leavesThreadsOfOtherWorkflowsAlone() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body(RetentionSuite::asking);
        lab.workflow().invoke("x", T);
        lab.workflow().invoke("y", ABANDONING);
        Lab other = opened(new Lab(store, Durability.SYNC))
                .spec(WorkflowSpec.of("Lab.other", TEXT, TEXT).body(call -> call.arg(0)));
        other.workflow();

        assertThat(other.graph().keepLast(1)).isZero();
        assertThat(lab.workflow().history("t")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatAPolicyDoesNotKeepIsRemovedInTheBackground(Durability durability) throws Exception {
        SteppedWorld time = new SteppedWorld();
        Lab lab = appending(lab(durability, time))
                .options(graph -> graph.world(time)
                        .retainEvery(Duration.ofHours(1), Retention.keepLast(2).orFor(Duration.ofMinutes(50))));
        for (String input : "abcd".split("")) {
            lab.workflow().invoke(input, T);
        }
        time.advance(Duration.ofMinutes(40));
        lab.workflow().invoke("e", T);
        lab.workflow().invoke("f", RunConfig.thread("u"));
        assertThat(lab.workflow().history("t")).hasSize(10);

        time.advance(Duration.ofMinutes(20));

        Eventually.until(() -> lab.workflow().history("t").size() == 4);
        assertThat(lab.workflow().history("u")).hasSize(2);
        assertThat(lab.workflow().invoke("g", T).value()).isEqualTo("abcdeg");

        Eventually.until(() -> time.alarms() > 0);
        lab.workflow().invoke("h", T);
        time.advance(Duration.ofHours(1));

        Eventually.until(() -> lab.workflow().history("t").size() == 4);
        assertThat(lab.workflow().state(T).value()).isEqualTo("abcdegh");
    }

    @Test
    void aSweepThatFailsIsToldAndFollowedByTheNext() throws Exception {
        SteppedWorld time = new SteppedWorld();
        AtomicReference<String> broken = new AtomicReference<>("t");
        List<String> told = new CopyOnWriteArrayList<>();
        Checkpointer store = new ForwardingCheckpointer(newStore(time)) {
            @Override
            public boolean delete(Deletion deletion) {
                if (deletion.threadId().equals(broken.get())) {
                    throw new CheckpointException("the disk is full");
                }
                return super.delete(deletion);
            }
        };
        Lab lab = opened(new Lab(store, Durability.SYNC)).body(RetentionSuite::asking);
        lab.options(graph -> graph.world(time)
                .retainEvery(Duration.ofHours(1), Retention.keepLast(1))
                .listener(new RunListener() {
                    @Override
                    public void sweepFailed(String sweep, RuntimeException why) {
                        told.add(sweep + ": " + why.getMessage());
                    }
                }));
        for (String thread : List.of("t", "u")) {
            RunConfig config = RunConfig.thread(thread).whenInterrupted(WhenInterrupted.ABANDON);
            lab.workflow().invoke("x", config);
            lab.workflow().invoke("y", config);
        }

        time.advance(Duration.ofHours(1));

        Eventually.until(() -> lab.workflow().history("u").size() == 1);
        Eventually.until(() -> !told.isEmpty());
        assertThat(told)
                .containsExactly("retainEvery: 1 threads could not be pruned, among them 't': the disk is full");
        assertThat(lab.workflow().history("t")).hasSize(2);

        broken.set("none");
        Eventually.until(() -> time.alarms() > 0);
        time.advance(Duration.ofHours(1));

        Eventually.until(() -> lab.workflow().history("t").size() == 1);
        assertThat(told).hasSize(1);
    }

    @Test
    void leavesAThreadThatSomebodyRanBetweenTheLookAndTheRemoval() throws Exception {
        Checkpointer real = newStore();
        Lab other = opened(new Lab(new ForwardingCheckpointer(real), Durability.SYNC))
                .body((input, calls, run) -> input);
        AtomicBoolean raced = new AtomicBoolean();
        Lab lab = opened(new Lab(
                        new ForwardingCheckpointer(real) {
                            @Override
                            protected void before(String call) {
                                if (call.equals("delete") && raced.compareAndSet(false, true)) {
                                    other.workflow().invoke("c", T);
                                }
                            }
                        },
                        Durability.SYNC))
                .body((input, calls, run) -> input);
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);

        assertThat(lab.graph().keepLast(1)).isZero();
        assertThat(lab.workflow().history("t")).hasSize(6);
        assertThat(lab.graph().keepLast(1)).isEqualTo(2);
        assertThat(lab.workflow().state(T).value()).isEqualTo("c");
    }

    @Test
    void leavesAThreadWhoseOwnerIsSilentUntilItIsShutOut() throws Exception {
        Gate gate = new Gate();
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.task("stay", input, s -> s.equals("c") ? gate.pass(s) : s)
                        .join());
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        var running = lab.workflow().invokeAsync("c", T);
        gate.awaitArrival();

        assertThat(lab.graph().keepLast(1)).isZero();

        gate.open();
        assertThat(running.get().value()).isEqualTo("c");
        assertThat(lab.graph().keepLast(1)).isEqualTo(2);
    }

    @Test
    void policiesThatKeepNothingAreRefused() throws Exception {
        Lab lab = lab(Durability.SYNC).body(RetentionSuite::asking);
        lab.options(graph -> graph.retainEvery(Duration.ZERO, Retention.keepLast(1)));

        assertThatThrownBy(() -> Retention.keepLast(0)).isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> Retention.keepFor(Duration.ZERO)).isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> new Retention(OptionalInt.empty(), Optional.empty()))
                .isInstanceOf(ClewException.class);
        assertThatThrownBy(lab::graph)
                .isInstanceOf(ClewException.class)
                .hasMessageContaining("retainEvery must be positive");
        assertThatThrownBy(() -> LabGraph.builder()
                        .retainEvery(Duration.ofHours(1), Retention.keepLast(1))
                        .build())
                .hasMessageContaining("retainEvery needs a checkpointer");
    }
}
