package dev.clew.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Durability;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.flow.Command;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.InterruptKey;
import dev.clew.flow.PendingInterrupt;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WorkflowSpec;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
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
        return lab(durability)
                .spec(WorkflowSpec.of("Lab.run", TEXT, TEXT).previous(TEXT).body(call -> {
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
        lab.workflow().invoke("ask", T);

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
        lab.workflow().invoke("y", T);
        Lab other = opened(new Lab(store, Durability.SYNC))
                .spec(WorkflowSpec.of("Lab.other", TEXT, TEXT).body(call -> call.arg(0)));
        other.workflow();

        assertThat(other.graph().keepLast(1)).isZero();
        assertThat(lab.workflow().history("t")).hasSize(2);
    }
}
