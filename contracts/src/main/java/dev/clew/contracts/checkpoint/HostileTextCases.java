package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.LeaseState;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text from outside is data wherever it stands: in ids, names, metadata keys and values, cursors. */
abstract class HostileTextCases extends ContractCases {
    /** Ids have at most 500 bytes, and some here begin with "input-". */
    private static final int LONGEST = 490;

    private static final List<String> HOSTILE = List.of(
            "' OR 1=1 --",
            "'; DROP TABLE thread; --",
            "\" OR \"\"=\"",
            "x') OR ('1'='1",
            "user' = 'a' OR json_extract(metadata, '$.x",
            "%",
            "_",
            "*",
            "?1",
            ":id",
            "\\",
            "a\u0000b",
            "\u0000",
            "",
            " ",
            "line\nbreak\r\ttab",
            "Ω≈ç√∫ 日本語 عربى",
            "\uD83E\uDDF6 yarn",
            "e\u0301",
            "\u00e9",
            "\uFEFFbom",
            "\uFFFF",
            "null",
            "x".repeat(LONGEST),
            "x".repeat(LONGEST - 1) + "y");

    HostileTextCases(CheckpointerContract contract) {
        super(contract);
    }

    static List<String> hostile() {
        return HOSTILE;
    }

    /** Metadata may be longer than ids. */
    static List<String> hostileMetadata() {
        List<String> all = new ArrayList<>(HOSTILE);
        all.add("x".repeat(10_000));
        return all;
    }

    @Test
    void threadIdsAreThreeTimesAsLongAsOtherNames() {
        String longest = "\u65e5".repeat(500);
        String other = longest.substring(1) + "\u672c";

        for (String threadId : List.of(longest, other)) {
            write(claim(threadId, "ann", "r".repeat(LONGEST)), Rows.release(ThreadStatus.IDLE, "r".repeat(LONGEST)));
        }

        assertThat(threadIds(ThreadQuery.all())).containsExactlyInAnyOrder(longest, other);
        assertThat(subject().run(other, "r".repeat(LONGEST))).isPresent();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anyTextIsAThreadIdARunIdAndAnOwner(String text) {
        parked("bystander", ThreadStatus.INTERRUPTED);

        Claim claim = claim(text, text, text);
        write(claim, Rows.log(text, 0, "a"));
        subject().requestCancel(text, claim.epoch());

        assertThat(thread(text).threadId()).isEqualTo(text);
        assertThat(thread(text).lease().owner()).isEqualTo(text);
        assertThat(thread(text).head()).isEqualTo(Rows.head(ThreadStatus.RUNNING, text));
        assertThat(subject().run(text, text)).contains(Rows.run(text));
        assertThat(log(text, text)).containsExactly("0:a");
        assertThat(checkpointIds(CheckpointQuery.of(text))).containsExactly("input-" + text);
        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.CANCEL_REQUESTED);
        assertThat(thread("bystander").cancelRequested()).isFalse();
        write(claim, Rows.release(ThreadStatus.IDLE, text));
        assertThat(subject().delete(Deletion.runs(text, claim.epoch(), Set.of(text))))
                .isTrue();
        assertThat(checkpointIds(CheckpointQuery.of("bystander"))).hasSize(1);
        assertThat(subject().delete(Deletion.thread(text, claim.epoch()))).isTrue();
        assertThat(threadIds(ThreadQuery.all())).containsExactly("bystander");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anyTextIsAnUnknownIdWhereNothingHasIt(String text) {
        parked("bystander", ThreadStatus.INTERRUPTED);

        assertThat(subject().thread(text)).isEmpty();
        assertThat(subject().run("bystander", text)).isEmpty();
        assertThat(log("bystander", text)).isEmpty();
        assertThat(checkpointIds(CheckpointQuery.of(text))).isEmpty();
        assertThat(checkpointIds(CheckpointQuery.of("bystander").id(text))).isEmpty();
        assertThat(subject().requestCancel(text, 1)).isFalse();
        assertThat(threadIds(ThreadQuery.all().workflow(text))).isEmpty();
        assertThat(subject().delete(Deletion.thread(text, 1))).isTrue();
        assertThat(threadIds(ThreadQuery.all())).containsExactly("bystander");
    }

    @ParameterizedTest
    @MethodSource("hostileMetadata")
    void anyTextIsAMetadataKeyAndValue(String text) {
        Claim claim = claimed();
        write(
                claim,
                Rows.checkpoints(
                        Rows.checkpoint("k1", RUN, Map.of(text, text, "other", "1")),
                        Rows.checkpoint("k2", RUN, Map.of("other", "1"))));
        CheckpointQuery query = CheckpointQuery.of(THREAD);

        assertThat(checkpointIds(query.metadata(Map.of(text, text)))).containsExactly("k1");
        assertThat(checkpointIds(query.metadata(Map.of(text, text, "other", "1"))))
                .containsExactly("k1");
        assertThat(checkpointIds(query.metadata(Map.of(text, "1")))).isEmpty();
        assertThat(checkpointIds(query.metadata(Map.of("other", text)))).isEmpty();
        assertThat(subject().checkpoints(query.id("k1")).get(0).metadata()).isEqualTo(Map.of(text, text, "other", "1"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anyTextIsACheckpointIdAndACursor(String text) {
        Claim claim = claim("t", "ann", "0");
        write(claim, Rows.checkpoints(Rows.checkpoint(text, text, Map.of())));
        CheckpointQuery query = CheckpointQuery.of("t");

        assertThat(checkpointIds(query.id(text))).containsExactly(text);
        assertThat(checkpointIds(query)).containsExactlyInAnyOrder(text, "input-0");
        assertThat(checkpointIds(query.before(text))).doesNotContain(text).hasSizeLessThanOrEqualTo(1);
        assertThat(threadIds(ThreadQuery.all().after(text)))
                .isEqualTo("t".compareTo(text) > 0 ? List.of("t") : List.of());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void anyTextIsAWorkflow(String text) {
        parked("bystander", ThreadStatus.IDLE);
        var request = new ClaimRequest(THREAD, text, "ann", 0, LEASE, false);

        claim(request, Rows.open(RUN));

        assertThat(thread(THREAD).workflow()).isEqualTo(text);
        assertThat(threadIds(ThreadQuery.all().workflow(text))).containsExactly(THREAD);
    }

    @Test
    void allOfThemAreThreadsAtOnceAndTheCursorMissesNone() {
        HOSTILE.forEach(text -> parked(text, ThreadStatus.INTERRUPTED));

        List<String> walked = new ArrayList<>(threadIds(ThreadQuery.all().limit(1)));
        while (walked.size() <= HOSTILE.size()) {
            String last = walked.get(walked.size() - 1);
            List<String> next = threadIds(ThreadQuery.all().after(last).limit(1));
            if (next.isEmpty()) {
                break;
            }
            walked.addAll(next);
        }

        assertThat(walked).containsExactlyInAnyOrderElementsOf(HOSTILE);
        assertThat(threadIds(ThreadQuery.all())).isEqualTo(walked);
    }

    @Test
    void namesOfCheckpointValuesAreDataToo() {
        Map<String, byte[]> values = Map.of("' OR 1=1 --", new byte[] {1}, "a\u0000b", new byte[] {2}, "", new byte[0]);
        CheckpointRecord odd =
                new CheckpointRecord("k", RUN, null, CheckpointSource.LOOP, 0, clock().instant(), values, Map.of());

        write(claimed(), Rows.checkpoints(odd));

        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD).id("k")))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(odd);
    }
}
