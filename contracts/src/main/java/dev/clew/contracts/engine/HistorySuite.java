package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.CountingCheckpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code history} lists, and what {@code state} tells of a checkpoint. */
public abstract class HistorySuite extends EngineSuite {
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    /** Shouts its input; asks first where it is a question. */
    private static String shout(String input, Lab.Calls calls, Run run) {
        String loud = calls.task("shout", input, String::toUpperCase).join();
        return input.endsWith("?") ? loud + run.interrupt(OK, input) : loud;
    }

    private static List<String> ids(Stream<HistoryEntry<String>> history) {
        return history.map(HistoryEntry::id).toList();
    }

    private static List<Tuple> table(List<HistoryEntry<String>> history) {
        return history.stream()
                .map(e -> Tuple.tuple(e.step(), e.source(), e.value()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B132")
    @Tag("B202")
    @Tag("B218")
    @Tag("B225")
    void listsInputAndResultOfEachRunNewestFirst(Durability durability) throws Exception {
        Instant before = Instant.now().minusMillis(1);
        Lab lab = lab(durability).body(HistorySuite::shout);
        RunResult<String> first = lab.workflow().invoke("a", T);
        RunResult<String> second = lab.workflow().invoke("b", T);

        List<HistoryEntry<String>> history = lab.workflow().history("t");

        assertThat(table(history))
                .containsExactly(
                        Tuple.tuple(2, CheckpointSource.LOOP, "B"),
                        Tuple.tuple(1, CheckpointSource.INPUT, "A"),
                        Tuple.tuple(0, CheckpointSource.LOOP, "A"),
                        Tuple.tuple(-1, CheckpointSource.INPUT, null));
        assertThat(history)
                .extracting(HistoryEntry::runId)
                .containsExactly(second.runId(), second.runId(), first.runId(), first.runId());
        assertThat(history)
                .extracting(HistoryEntry::parentId)
                .containsExactly(
                        history.get(1).id(), history.get(2).id(), history.get(3).id(), null);
        assertThat(history).extracting(HistoryEntry::id).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(history).allSatisfy(e -> assertThat(e.createdAt()).isBetween(before, Instant.now()));
        assertThat(history).allSatisfy(e -> assertThat(e.config().checkpoint()).contains(e.id()));
    }

    @Test
    @Tag("B225")
    @Tag("B214")
    void narrowsByMetadataMomentAndNumber() throws Exception {
        Lab lab = lab(Durability.ASYNC).body(HistorySuite::shout);
        lab.workflow().invoke("a", T.metadata("user", "ann"));
        lab.workflow().invoke("b", T.metadata("user", "bob").metadata("urgent", "yes"));
        lab.workflow().invoke("c", T.metadata("user", "ann"));
        CheckpointQuery all = CheckpointQuery.of("t");
        String newest = lab.workflow().history(all.limit(1)).get(0).id();

        assertThat(lab.workflow().history(all.metadata(Map.of("user", "bob"))))
                .extracting(HistoryEntry::value)
                .containsExactly("B", "A");
        assertThat(lab.workflow().history(all.metadata(Map.of("user", "ann")).before(newest)))
                .extracting(HistoryEntry::step)
                .containsExactly(3, 0, -1);
        assertThat(lab.workflow().history(all.metadata(Map.of("user", "bob", "urgent", "no"))))
                .isEmpty();
        assertThat(lab.workflow().history(all.before(newest).limit(2)))
                .extracting(HistoryEntry::step)
                .containsExactly(3, 2);
        assertThat(lab.workflow().history(all.limit(1)).get(0).metadata()).isEqualTo(Map.of("user", "ann"));
    }

    @Test
    @Tag("B208")
    void keepsARunsMetadataThroughAnswersAndRecovery() throws Exception {
        Lab lab = lab(Durability.SYNC).body(HistorySuite::shout);
        lab.workflow().invoke("a?", T.metadata("user", "ann"));

        lab.restart().workflow().invoke(Command.resume(true), T.metadata("reviewer", "bob"));

        assertThat(lab.workflow().history("t"))
                .extracting(HistoryEntry::metadata)
                .containsExactly(Map.of("user", "ann", "reviewer", "bob"), Map.of("user", "ann"));
    }

    @Test
    @Tag("B211")
    void asksTheStoreAConstantNumberOfTimes() throws Exception {
        CountingCheckpointer counted = new CountingCheckpointer(newStore());
        Lab lab = opened(new Lab(counted, Durability.ASYNC)).body(HistorySuite::shout);
        for (int i = 0; i < 30; i++) {
            lab.workflow().invoke("x" + i, T);
        }

        counted.forget();
        assertThat(lab.workflow().history("t")).hasSize(60);
        assertThat(counted.calls()).containsExactly("thread", "checkpoints");

        counted.forget();
        lab.workflow().history(CheckpointQuery.of("t").limit(30));
        assertThat(counted.calls()).containsExactly("thread", "checkpoints", "checkpoints");
    }

    @Test
    @Tag("B211")
    @Tag("B225")
    void streamsALongHistoryPageByPage() throws Exception {
        CountingCheckpointer counted = new CountingCheckpointer(newStore());
        Lab lab = opened(new Lab(counted, Durability.ASYNC)).body(HistorySuite::shout);
        for (int i = 0; i < 125; i++) {
            lab.workflow().invoke("x" + i, T.metadata("even", String.valueOf(i % 2 == 0)));
        }
        CheckpointQuery all = CheckpointQuery.of("t");
        List<HistoryEntry<String>> whole = lab.workflow().history(all);
        assertThat(whole).hasSize(250);

        counted.forget();
        var stream = lab.workflow().historyStream(all);
        assertThat(counted.calls()).isEmpty();
        assertThat(stream.limit(100)).hasSize(100);
        assertThat(counted.calls()).containsExactly("thread", "checkpoints", "checkpoints");

        counted.forget();
        assertThat(ids(lab.workflow().historyStream(all))).isEqualTo(ids(whole.stream()));
        assertThat(counted.calls().stream().filter("checkpoints"::equals).count())
                .isLessThanOrEqualTo(6);
        assertThat(ids(lab.workflow().historyStream(all.limit(120)))).isEqualTo(ids(whole.subList(0, 120).stream()));
        assertThat(ids(lab.workflow()
                        .historyStream(all.before(whole.get(9).id()).limit(101))))
                .isEqualTo(ids(whole.subList(10, 111).stream()));
        CheckpointQuery even = all.metadata(Map.of("even", "true"));
        assertThat(ids(lab.workflow().historyStream(even)))
                .isEqualTo(ids(lab.workflow().history(even).stream()))
                .hasSize(126);
        assertThat(lab.workflow().historyStream(CheckpointQuery.of("unknown"))).isEmpty();
    }

    @Test
    @Tag("B224")
    void isEmptyWhereNothingIsKnown() throws Exception {
        Lab lab = lab(Durability.SYNC).body(HistorySuite::shout);
        assertThat(lab.workflow().history("t")).isEmpty();
        assertThat(lab.workflow().state(T.checkpoint("nowhere")).status()).isEqualTo(ThreadStatus.IDLE);
        lab.workflow().invoke("a", T);

        ThreadState<String> unknown = lab.workflow().state(T.checkpoint("nowhere"));

        assertThat(unknown.checkpointId()).isNull();
        assertThat(unknown.runId()).isNull();
        assertThat(unknown.value()).isNull();
        assertThat(unknown.steps()).isEmpty();
        assertThat(lab.workflow().history(T.checkpoint("nowhere"))).isEmpty();
    }

    @Test
    @Tag("B223")
    void needsACheckpointerAndTheThreadsOwnWorkflow() throws Exception {
        Lab unstored = opened(new Lab(null, Durability.SYNC)).body(HistorySuite::shout);
        assertThatThrownBy(() -> unstored.workflow().history("t")).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> unstored.workflow().state("t")).isInstanceOf(RequestRefusedException.class);
        Lab lab = lab(Durability.SYNC).body(HistorySuite::shout);
        lab.workflow().invoke("a", T);
        var other = lab.graph()
                .add(WorkflowSpec.of("Lab.other", TypeRef.of(String.class), TypeRef.of(String.class))
                        .body(call -> ""));

        assertThatThrownBy(() -> other.history("t"))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("belongs to workflow 'Lab.run'");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B206")
    @Tag("B220")
    @Tag("B221")
    @Tag("B222")
    void showsTheStepsAndTheValueThatEachCheckpointHad(Durability durability) throws Exception {
        Lab lab = lab(durability).body(HistorySuite::shout);
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T);
        List<HistoryEntry<String>> history = lab.workflow().history(T);

        ThreadState<String> oldResult = lab.workflow().state(history.get(2).config());
        ThreadState<String> newInput = lab.workflow().state(history.get(1).config());

        assertThat(oldResult.value()).isEqualTo("A");
        assertThat(oldResult.status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(oldResult.checkpointId()).isEqualTo(history.get(2).id());
        assertThat(oldResult.steps())
                .extracting(StepState::path, StepState::status, StepState::attempts)
                .containsExactly(Tuple.tuple("task:shout#1", StepState.Status.SUCCEEDED, 1));
        assertThat(newInput.value()).isEqualTo("A");
        assertThat(newInput.runId()).isEqualTo(history.get(0).runId());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B135")
    @Tag("B219")
    void keepsAnAbandonedRunReadableWithNothingPending(Durability durability) throws Exception {
        Lab lab = lab(durability).body(HistorySuite::shout);
        RunConfig named = T.runId("abandoned");
        lab.workflow().invoke("a?", named);
        lab.workflow().invoke("b?", ABANDONING);
        RunConfig old = lab.workflow().history("t").get(1).config();

        assertThat(table(lab.workflow().history("t")))
                .containsExactly(
                        Tuple.tuple(0, CheckpointSource.INPUT, null), Tuple.tuple(-1, CheckpointSource.INPUT, null));
        assertThat(lab.workflow().state(old).status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(lab.workflow().state(old).pending()).isEmpty();
        assertThat(lab.workflow().state(old).steps()).hasSize(2);
        assertThat(lab.workflow().state(T).only(OK).value()).isEqualTo("b?");
        assertThatThrownBy(() -> lab.workflow().invoke("a?", named)).isInstanceOf(WorkflowCancelledException.class);
    }

    @Test
    @Tag("B219")
    void showsAnAnsweredQuestionAsAStepAndNotAsPending() throws Exception {
        Lab lab = lab(Durability.SYNC).body(HistorySuite::shout);
        lab.workflow().invoke("a?", T);
        lab.workflow().invoke(Command.resume(true), T);

        for (HistoryEntry<String> entry : lab.workflow().history("t")) {
            ThreadState<String> then = lab.workflow().state(entry.config());
            assertThat(then.pending()).isEmpty();
            assertThat(then.step("ask:ok#1").orElseThrow().status()).isEqualTo(StepState.Status.SUCCEEDED);
        }
    }

    @Test
    @Tag("B218")
    void tellsOfARunningThreadWhatItDoesAndWhatItsLastValueWas() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean waiting = new AtomicBoolean();
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.task("wait", input, s -> {
                            if (s.equals("b")) {
                                waiting.set(true);
                                goOn.await();
                            }
                            return s;
                        })
                        .join());
        lab.workflow().invoke("a", T);
        var running = lab.workflow().invokeAsync("b", T);
        Eventually.until(waiting::get);

        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.RUNNING);
        assertThat(lab.workflow().state(T).value()).isEqualTo("a");
        assertThat(table(lab.workflow().history(CheckpointQuery.of("t").limit(1))))
                .containsExactly(Tuple.tuple(1, CheckpointSource.INPUT, "a"));
        goOn.countDown();
        assertThat(running.get().value()).isEqualTo("b");
    }

    @Test
    @Tag("B213")
    void isGoneWithADeletedThreadAlsoWhereItsOwnerIsDead() throws Exception {
        Checkpointer store = newStore();
        CountDownLatch never = new CountDownLatch(1);
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .body((input, calls, run) -> calls.task("hang", input, s -> {
                            never.await();
                            return s;
                        })
                        .join());
        lab.workflow().invokeAsync("a", T);
        Eventually.until(() -> lab.ran("hang") == 1);
        lab.crash();

        lab.graph().deleteThread("t");
        lab.graph().deleteThread("t");

        assertThat(lab.workflow().history("t")).isEmpty();
        assertThat(lab.workflow().state("t").runId()).isNull();
    }
}
