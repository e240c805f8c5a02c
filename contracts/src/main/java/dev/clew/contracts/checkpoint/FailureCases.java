package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A write that cannot be stored as a whole is not stored at all, and its claim is finished. */
abstract class FailureCases extends ContractCases {
    FailureCases(CheckpointerContract contract) {
        super(contract);
    }

    @Tag("B205")
    @Tag("B217")
    @Test
    void placeThatIsTakenFailsTheWriteAndKeepsWhatWasThere() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "first"));

        Throwable failure = failure(claim, Rows.log(RUN, 0, "second"));

        assertThat(failure).isInstanceOf(CheckpointException.class).isNotInstanceOf(LeaseLostException.class);
        assertThat(failure).hasMessageContaining(RUN);
        assertThat(log(THREAD, RUN)).containsExactly("0:first");
    }

    @Tag("B205")
    @Test
    void writeWithATakenPlaceChangesNothingAtAll() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "first", "second"));
        ThreadRecord before = thread(THREAD);

        failure(
                claim,
                new Write(
                        RUN,
                        Rows.log(RUN, 1, "again", "third").log(),
                        Rows.run(RUN).completed("loop-1"),
                        List.of(Rows.checkpoint("loop-1", RUN, Map.of("k", "v"))),
                        Rows.head(ThreadStatus.IDLE, RUN),
                        true));

        assertThat(log(THREAD, RUN)).containsExactly("0:first", "1:second");
        assertThat(thread(THREAD)).isEqualTo(before);
        assertThat(subject().run(THREAD, RUN)).contains(Rows.run(RUN));
        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).containsExactly("input-" + RUN);
    }

    @Test
    void gapInTheLogIsRefused() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "first"));

        assertThat(failure(claim, Rows.log(RUN, 2, "third"))).isInstanceOf(CheckpointException.class);
        assertThat(log(THREAD, RUN)).containsExactly("0:first");
    }

    @Test
    void gapWithinAWriteIsRefusedWhole() {
        Claim claim = claimed();
        var gap = List.of(new LogRecord(0, Rows.bytes("a")), new LogRecord(2, Rows.bytes("c")));

        assertThat(failure(claim, Write.log(RUN, gap))).isInstanceOf(CheckpointException.class);
        assertThat(log(THREAD, RUN)).isEmpty();
    }

    @Test
    void negativePlaceIsRefused() {
        assertThat(failure(claimed(), Rows.log(RUN, -1, "a"))).isInstanceOf(CheckpointException.class);
        assertThat(log(THREAD, RUN)).isEmpty();
    }

    @Test
    void checkpointIdThatIsTakenFailsTheWrite() {
        Claim claim = claimed();
        CheckpointRecord again = Rows.checkpoint("input-" + RUN, RUN, Map.of("k", "v"));

        assertThat(failure(claim, Rows.checkpoints(again))).isInstanceOf(CheckpointException.class);
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD)))
                .singleElement()
                .satisfies(kept -> assertThat(kept.metadata()).isEmpty());
    }

    @Tag("B210")
    @Test
    void secondOfTwoCheckpointsThatFailsTakesTheFirstAlong() {
        Claim claim = claimed();

        failure(claim, Rows.checkpoints(Rows.checkpoint("new", RUN, Map.of("k", "v")), Rows.input(RUN)));

        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).containsExactly("input-" + RUN);
        assertThat(checkpointIds(CheckpointQuery.of(THREAD).metadata(Map.of("k", "v"))))
                .isEmpty();
    }

    @Test
    void logOfAnUnknownRunIsRefused() {
        assertThat(failure(claimed(), Rows.log("no-such-run", 0, "a"))).isInstanceOf(CheckpointException.class);
        assertThat(log(THREAD, "no-such-run")).isEmpty();
    }

    @Test
    void logWithoutARunIsRefused() {
        Write homeless = new Write(null, Rows.log(RUN, 0, "a").log(), null, List.of(), null, false);

        assertThat(failure(claimed(), homeless)).isInstanceOf(CheckpointException.class);
        assertThat(log(THREAD, RUN)).isEmpty();
    }

    @Test
    void laterWritesOfTheClaimFailToo() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "first"));
        failure(claim, Rows.log(RUN, 0, "again"));

        assertThat(failure(claim, Rows.log(RUN, 1, "second"))).isInstanceOf(CheckpointException.class);
        assertThat(failure(claim, Rows.release(ThreadStatus.IDLE, RUN))).isInstanceOf(CheckpointException.class);
        assertThat(log(THREAD, RUN)).containsExactly("0:first");
        assertThat(thread(THREAD).head().status()).isEqualTo(ThreadStatus.RUNNING);
    }

    @Test
    void writesAlreadyUnderWayBehindAFailedOneFailToo() {
        Claim claim = claimed();

        CompletionStage<Void> good = subject().write(claim, Rows.log(RUN, 0, "a"), false);
        CompletionStage<Void> bad = subject().write(claim, Rows.log(RUN, 0, "b"), false);
        CompletionStage<Void> behind = subject().write(claim, Rows.log(RUN, 1, "c"), false);
        CompletionStage<Void> flush = subject().write(claim, Rows.checkpoints(), true);

        assertThat(failureOf(good)).isNull();
        assertThat(failureOf(bad)).isInstanceOf(CheckpointException.class);
        assertThat(failureOf(behind)).isInstanceOf(CheckpointException.class);
        assertThat(failureOf(flush)).isInstanceOf(CheckpointException.class);
        assertThat(log(THREAD, RUN)).containsExactly("0:a");
    }

    @Test
    void newClaimOfTheThreadWritesAgain() {
        Claim claim = claimed();
        failure(claim, Rows.log(RUN, 5, "gap"));
        clock().advance(LEASE);

        Claim next = claim(request(THREAD, "ann", claim.epoch()), Rows.checkpoints());
        write(next, Rows.log(RUN, 0, "a"));

        assertThat(log(THREAD, RUN)).containsExactly("0:a");
    }

    @Test
    void failedWriteOfOneThreadFailsNoOther() {
        Claim broken = claimed();
        Claim sound = claim("essay-2", "ann", RUN);
        CompletionStage<Void> before = subject().write(sound, Rows.log(RUN, 0, "a"), false);
        CompletionStage<Void> bad = subject().write(broken, Rows.checkpoints(Rows.input(RUN)), false);
        CompletionStage<Void> after = subject().write(sound, Rows.log(RUN, 1, "b"), true);

        assertThat(failureOf(before)).isNull();
        assertThat(failureOf(bad)).isInstanceOf(CheckpointException.class);
        assertThat(failureOf(after)).isNull();
        assertThat(log("essay-2", RUN)).containsExactly("0:a", "1:b");
    }

    @Test
    void failedClaimKeepsItsLeaseAndMayBeRenewed() {
        Claim claim = claimed();
        failure(claim, Rows.log(RUN, 5, "gap"));

        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.HELD);
    }
}
