package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.state.CheckpointQuery;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.EncryptingCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With an encrypting codec a store sees no value of metadata, and finds checkpoints by it all the same. */
public abstract class EncryptedMetadataSuite extends EngineSuite {
    private static final CheckpointQuery ALL = CheckpointQuery.of("t");
    private static final CheckpointQuery ANN = ALL.metadata(Map.of("user", "ann"));

    private final Codec first =
            EncryptingCodec.builder(JsonCodec.standard()).key("k1", key(1)).build();
    private final Codec rotated = EncryptingCodec.builder(JsonCodec.standard())
            .key("k1", key(1))
            .key("k2", key(2))
            .current("k2")
            .build();
    private final Codec second =
            EncryptingCodec.builder(JsonCodec.standard()).key("k2", key(2)).build();

    private Checkpointer store;

    private static SecretKeySpec key(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return new SecretKeySpec(bytes, "AES");
    }

    private Lab lab(Durability durability, Codec codec) throws Exception {
        if (store == null) {
            store = newStore();
        }
        return opened(new Lab(new ForwardingCheckpointer(store), durability))
                .options(graph -> graph.codec(codec))
                .body((input, calls, run) -> input.endsWith("?") ? input + run.interrupt(TaskSuite.GO, "?") : input);
    }

    private void assertNoTextOf(String... secrets) {
        for (String thread : List.of("t", "copy")) {
            for (CheckpointRecord checkpoint : store.checkpoints(CheckpointQuery.of(thread))) {
                String seen = checkpoint.metadata() + " ";
                for (byte[] value : checkpoint.values().values()) {
                    seen += new String(value, StandardCharsets.ISO_8859_1);
                }
                assertThat(seen).doesNotContain(secrets);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B208")
    @Tag("B214")
    void isFoundByEqualityAndStoredAsNoText(Durability durability) throws Exception {
        Lab lab = lab(durability, first);
        lab.workflow().invoke("a", T.metadata("user", "ann").metadata("city", "cnossos"));
        lab.workflow().invoke("b", T.metadata("user", "bob").metadata("city", "cnossos"));
        lab.workflow().invoke("c?", T.metadata("user", "ann"));
        lab.workflow().invoke(Command.resume("!"), T.metadata("city", "naxos"));
        lab.workflow().updateState(T.metadata("user", "ann"), "d");

        List<HistoryEntry<String>> history = lab.workflow().history(ANN);

        assertThat(history).extracting(HistoryEntry::value).containsExactly("d", "c?!", "b", "a", null);
        assertThat(history.get(1).metadata()).isEqualTo(Map.of("user", "ann", "city", "naxos"));
        assertThat(lab.workflow().history(ALL.metadata(Map.of("user", "bob", "city", "cnossos"))))
                .hasSize(2);
        assertThat(lab.workflow().history(ALL.metadata(Map.of("city", "ann")))).isEmpty();
        assertThat(lab.workflow().historyStream(ANN.limit(2))).hasSize(2);
        assertNoTextOf("ann", "bob", "cnossos", "naxos");
        assertThat(store.checkpoints(ALL).get(0).metadata()).containsOnlyKeys("user");
    }

    @Test
    void tellsEqualValuesOfTwoNamesFromEachOther() throws Exception {
        Lab lab = lab(Durability.SYNC, first);
        lab.workflow().invoke("a", T.metadata("user", "ann").metadata("author", "ann"));

        Map<String, String> stored = store.checkpoints(ALL).get(0).metadata();

        assertThat(stored.get("user")).isNotEqualTo(stored.get("author"));
    }

    @Test
    void isFoundUnderOldAndNewKeys() throws Exception {
        lab(Durability.SYNC, first).workflow().invoke("a", T.metadata("user", "ann"));
        Lab lab = lab(Durability.SYNC, rotated);
        lab.workflow().invoke("b", T.metadata("user", "bob"));
        lab.workflow().invoke("c", T.metadata("user", "ann"));

        assertThat(lab.workflow().history(ANN)).extracting(HistoryEntry::value).containsExactly("c", "b", "a", null);
        assertThat(lab.workflow().history(ANN.limit(3))).hasSize(3);
        assertThat(lab.workflow().historyStream(ANN)).hasSize(4);
        assertThat(lab.workflow().history(ALL.limit(1)).get(0).metadata()).isEqualTo(Map.of("user", "ann"));
    }

    @Test
    void isEncryptedAnewInACopyAndABranch() throws Exception {
        lab(Durability.SYNC, first).workflow().invoke("a", T.metadata("user", "ann"));
        Lab lab = lab(Durability.SYNC, rotated);
        lab.graph().copyThread("t", "copy");
        RunConfig branch =
                lab.workflow().fork(lab.workflow().history("t").get(1).config().metadata("branch", "left"));
        lab.workflow().invoke(Command.proceed(), branch);
        Lab later = lab(Durability.SYNC, second);

        assertThat(later.workflow().history(CheckpointQuery.of("copy").metadata(Map.of("user", "ann"))))
                .extracting(HistoryEntry::metadata)
                .containsExactly(Map.of("user", "ann"), Map.of("user", "ann"));
        assertThat(later.workflow().history(ANN.metadata(Map.of("branch", "left"))))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.metadata()).isEqualTo(Map.of("user", "ann", "branch", "left")));
        assertThatThrownBy(() -> later.workflow().history(ALL))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'k1', which is not known");
        assertNoTextOf("ann", "left");
    }

    @Test
    void clearMetadataIsReadOnlyWhileAStoreIsMovedToEncryption() throws Exception {
        lab(Durability.SYNC, JsonCodec.standard()).workflow().invoke("a", T.metadata("user", "ann"));
        Lab moving = lab(
                Durability.SYNC,
                EncryptingCodec.builder(JsonCodec.standard())
                        .key("k1", key(1))
                        .acceptClear(true)
                        .build());
        moving.workflow().invoke("b", T.metadata("user", "ann"));

        assertThat(moving.workflow().history(ANN)).hasSize(4);
        assertThatThrownBy(() -> lab(Durability.SYNC, first).workflow().history(ALL))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("not encrypted");
    }

    @Test
    void isSeenClearInTheStreamOfTheRun() throws Exception {
        Lab lab = lab(Durability.SYNC, first);
        try (var stream = lab.workflow().stream("a", T.metadata("user", "ann"), StreamMode.CHECKPOINTS)) {
            for (StreamEvent event : stream) {
                assertThat(((StreamEvent.Checkpointed) event).metadata()).isEqualTo(Map.of("user", "ann"));
            }
        }
    }
}
