package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which checkpoints are listed, and what is in them. */
abstract class CheckpointCases extends ContractCases {
    private static final CheckpointQuery ALL = CheckpointQuery.of(THREAD);

    CheckpointCases(CheckpointerContract contract) {
        super(contract);
    }

    private void three() {
        Claim claim = claim(THREAD, "ann", "0");
        write(
                claim,
                Rows.checkpoints(
                        Rows.checkpoint("k1", "0", Map.of("user", "ann", "lang", "en")),
                        Rows.checkpoint("k3", "0", Map.of("user", "ann")),
                        Rows.checkpoint("k2", "0", Map.of("user", "bob", "lang", "en"))));
    }

    @Tag("B215")
    @Test
    void newestComesFirstInWhateverOrderTheyWereWritten() {
        three();

        assertThat(checkpointIds(ALL)).containsExactly("k3", "k2", "k1", "input-0");
    }

    @Test
    void beforeMeansStrictlyOlder() {
        three();

        assertThat(checkpointIds(ALL.before("k3"))).containsExactly("k2", "k1", "input-0");
        assertThat(checkpointIds(ALL.before("k2"))).containsExactly("k1", "input-0");
        assertThat(checkpointIds(ALL.before("k25"))).containsExactly("k2", "k1", "input-0");
        assertThat(checkpointIds(ALL.before("a"))).isEmpty();
    }

    @Test
    void fromMeansAtLeastAsNew() {
        three();

        assertThat(checkpointIds(ALL.from("k2"))).containsExactly("k3", "k2");
        assertThat(checkpointIds(ALL.from("k15"))).containsExactly("k3", "k2");
        assertThat(checkpointIds(ALL.from("k9"))).isEmpty();
        assertThat(checkpointIds(ALL.from("k1").before("k3"))).containsExactly("k2", "k1");
        assertThat(checkpointIds(ALL.from("k1").limit(1).metadata(Map.of("lang", "en"))))
                .containsExactly("k2");
    }

    @Test
    void limitKeepsTheNewest() {
        three();

        assertThat(checkpointIds(ALL.limit(2))).containsExactly("k3", "k2");
        assertThat(checkpointIds(ALL.limit(1).before("k3"))).containsExactly("k2");
    }

    @Test
    void idSelectsOne() {
        three();

        assertThat(checkpointIds(ALL.id("k2"))).containsExactly("k2");
        assertThat(checkpointIds(ALL.id("k2").before("k3"))).containsExactly("k2");
        assertThat(checkpointIds(ALL.id("k2").before("k2"))).isEmpty();
        assertThat(checkpointIds(ALL.id("k9"))).isEmpty();
    }

    @Test
    void idsSelectThoseThatAreThere() {
        three();

        assertThat(checkpointIds(ALL.ids(Set.of("k1", "k3", "k9")))).containsExactly("k3", "k1");
        assertThat(checkpointIds(ALL.ids(Set.of("k1", "k3")).limit(1))).containsExactly("k3");
    }

    @Test
    void metadataMustHaveAllEntriesEqual() {
        three();

        assertThat(checkpointIds(ALL.metadata(Map.of("user", "ann")))).containsExactly("k3", "k1");
        assertThat(checkpointIds(ALL.metadata(Map.of("user", "ann", "lang", "en"))))
                .containsExactly("k1");
        assertThat(checkpointIds(ALL.metadata(Map.of("user", "an")))).isEmpty();
        assertThat(checkpointIds(ALL.metadata(Map.of("user", "Ann")))).isEmpty();
        assertThat(checkpointIds(ALL.metadata(Map.of("lang", "ann")))).isEmpty();
        assertThat(checkpointIds(ALL.metadata(Map.of("nothing", "")))).isEmpty();
    }

    @Test
    void metadataIsFilteredBeforeTheLimit() {
        three();

        assertThat(checkpointIds(ALL.metadata(Map.of("lang", "en")).limit(2))).containsExactly("k2", "k1");
        assertThat(checkpointIds(ALL.metadata(Map.of("lang", "en")).limit(1).before("k2")))
                .containsExactly("k1");
    }

    @Test
    void limitCountsCheckpointsAndNotTheirMetadata() {
        Claim claim = claim(THREAD, "ann", "0");
        Map<String, String> many = Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5");

        write(claim, Rows.checkpoints(Rows.checkpoint("k1", "0", many), Rows.checkpoint("k2", "0", many)));

        assertThat(subject().checkpoints(ALL.limit(2)))
                .extracting(CheckpointRecord::metadata)
                .containsExactly(many, many);
    }

    @Test
    void allOfACheckpointIsReadBack() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        CheckpointRecord full = new CheckpointRecord(
                "k9",
                RUN,
                "k8",
                CheckpointSource.FORK,
                42,
                clock().instant(),
                Map.of("input", all, "output", new byte[0], "saved", new byte[20_000]),
                Map.of("user", "ann", "", "", "empty", ""));
        CheckpointRecord bare = new CheckpointRecord(
                "k8", null, null, CheckpointSource.UPDATE, -1, clock().instant(), Map.of(), Map.of());

        write(claimed(), Rows.checkpoints(bare, full));

        assertThat(subject().checkpoints(ALL.limit(2)))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(full, bare);
    }

    @Test
    void otherThreadsAreNotListed() {
        three();
        claim("essay-2", "ann", "7");

        assertThat(checkpointIds(CheckpointQuery.of("essay-2"))).containsExactly("input-7");
        assertThat(checkpointIds(CheckpointQuery.of("nobody"))).isEmpty();
    }

    @Test
    void longHistoryIsPaged() {
        Claim claim = claim(THREAD, "ann", "0");
        List<CheckpointRecord> many = IntStream.range(0, 250)
                .mapToObj(i -> Rows.checkpoint("k%03d".formatted(i), "0", Map.of("i", "" + i)))
                .toList();
        write(claim, Rows.checkpoints(many.toArray(CheckpointRecord[]::new)));

        List<String> page = checkpointIds(ALL.before("k200").limit(50));

        assertThat(page).hasSize(50).startsWith("k199").endsWith("k150");
        assertThat(checkpointIds(ALL)).hasSize(251);
    }
}
