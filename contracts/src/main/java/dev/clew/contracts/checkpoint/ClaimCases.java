package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A claim is one compare-and-set, made together with its first write. */
abstract class ClaimCases extends ContractCases {
    ClaimCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void newThreadIsCreatedWithItsFirstWrite() {
        Claim claim = claim(request(THREAD, "ann", 0), Rows.open(RUN));

        assertThat(claim.threadId()).isEqualTo(THREAD);
        assertThat(claim.owner()).isEqualTo("ann");
        assertThat(thread(THREAD))
                .isEqualTo(new ThreadRecord(
                        THREAD,
                        FLOW,
                        Rows.head(ThreadStatus.RUNNING, RUN),
                        1,
                        claim.epoch(),
                        new Lease("ann", clock().instant(), false),
                        false,
                        false,
                        false,
                        clock().instant(),
                        clock().instant()));
        assertThat(subject().run(THREAD, RUN)).contains(Rows.run(RUN));
        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).containsExactly("input-" + RUN);
    }

    @Test
    void epochOfANewThreadIsPositive() {
        assertThat(claimed().epoch()).isPositive();
    }

    @Test
    void newThreadIsNotClaimedTwice() {
        claimed();

        Optional<Claim> second = subject().claim(request(THREAD, "bob", 0), Rows.open("run-2"));

        assertThat(second).isEmpty();
        assertThat(thread(THREAD).lease()).isEqualTo(new Lease("ann", clock().instant(), false));
        assertThat(subject().run(THREAD, "run-2")).isEmpty();
    }

    @Test
    void threadThatDoesNotExistIsNotClaimedByAnEpoch() {
        assertThat(subject().claim(request(THREAD, "ann", 1), Rows.open(RUN))).isEmpty();
        assertThat(subject().thread(THREAD)).isEmpty();
    }

    @Test
    void newThreadNeedsAHead() {
        Write headless = Rows.checkpoints(Rows.input(RUN));

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> subject().claim(request(THREAD, "ann", 0), headless));
        assertThat(subject().thread(THREAD)).isEmpty();
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD))).isEmpty();
    }

    @Test
    void releasedThreadIsClaimedAgainAndBoundToTheWorkflowOfTheClaim() {
        parked(THREAD, ThreadStatus.INTERRUPTED);
        ThreadRecord before = thread(THREAD);
        clock().advance(Duration.ofMinutes(1));
        var another = new ClaimRequest(THREAD, "Other.flow", "bob", before.epoch(), LEASE, false);

        Claim claim = claim(another, Rows.open("run-2"));

        assertThat(claim.epoch()).isGreaterThan(before.epoch());
        assertThat(thread(THREAD).workflow()).isEqualTo("Other.flow");
        assertThat(thread(THREAD).createdAt()).isEqualTo(before.createdAt());
        assertThat(thread(THREAD).updatedAt()).isEqualTo(clock().instant());
        assertThat(thread(THREAD).head()).isEqualTo(Rows.head(ThreadStatus.RUNNING, "run-2"));
        assertThat(thread(THREAD).lease()).isEqualTo(new Lease("bob", clock().instant(), false));
    }

    @Test
    void claimWithoutAHeadKeepsTheOneThatIsThere() {
        parked(THREAD, ThreadStatus.INTERRUPTED);
        Head head = thread(THREAD).head();

        claim(request(THREAD, "bob", thread(THREAD).epoch()), Rows.checkpoints());

        assertThat(thread(THREAD).head()).isEqualTo(head);
    }

    @Test
    void ownedThreadIsNotClaimed() {
        Claim claim = claimed();

        assertThat(subject().claim(request(THREAD, "bob", claim.epoch()), Rows.open("run-2")))
                .isEmpty();
        assertThat(thread(THREAD).epoch()).isEqualTo(claim.epoch());
    }

    @Test
    void leaseHoldsUntilItsLastMomentAndNotLonger() {
        Claim claim = claimed();

        clock().advance(LEASE.minusNanos(1));
        Optional<Claim> early = subject().claim(request(THREAD, "bob", claim.epoch()), Rows.open("run-2"));
        boolean expiredEarly = thread(THREAD).lease().expired();
        clock().advance(Duration.ofNanos(1));
        boolean expired = thread(THREAD).lease().expired();
        Optional<Claim> late = subject().claim(request(THREAD, "bob", claim.epoch()), Rows.open("run-2"));

        assertThat(early).isEmpty();
        assertThat(expiredEarly).isFalse();
        assertThat(expired).isTrue();
        assertThat(late).isPresent();
        assertThat(thread(THREAD).lease()).isEqualTo(new Lease("bob", clock().instant(), false));
    }

    @Test
    void ownedThreadIsTakenOver() {
        Claim claim = claimed();
        var takeover = new ClaimRequest(THREAD, FLOW, "bob", claim.epoch(), LEASE, true);

        Claim taken = claim(takeover, Rows.open("run-2"));

        assertThat(taken.epoch()).isGreaterThan(claim.epoch());
        assertThat(thread(THREAD).lease()).isEqualTo(new Lease("bob", clock().instant(), false));
    }

    @Test
    void takeoverTooNeedsTheEpochThatWasRead() {
        Claim claim = claimed();
        var takeover = new ClaimRequest(THREAD, FLOW, "bob", claim.epoch() + 1, LEASE, true);

        assertThat(subject().claim(takeover, Rows.open("run-2"))).isEmpty();
    }

    @Test
    void decisionOnAnOldEpochIsNoClaim() {
        parked(THREAD, ThreadStatus.INTERRUPTED);
        long read = thread(THREAD).epoch();
        parked(THREAD, ThreadStatus.IDLE, "run-2");

        assertThat(subject().claim(request(THREAD, "bob", read), Rows.open("run-3")))
                .isEmpty();
        assertThat(thread(THREAD).head().status()).isEqualTo(ThreadStatus.IDLE);
    }

    @Test
    void claimWhoseFirstWriteFailsIsNoClaim() {
        parked(THREAD, ThreadStatus.INTERRUPTED);
        ThreadRecord before = thread(THREAD);
        Write bad = new Write(
                RUN,
                List.of(new LogRecord(0, Rows.bytes("a"))),
                Rows.run(RUN).with(ThreadStatus.FAILED, null),
                List.of(Rows.input(RUN)),
                Rows.head(ThreadStatus.FAILED, RUN),
                false);

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> subject().claim(request(THREAD, "bob", before.epoch()), bad));
        assertThat(thread(THREAD)).isEqualTo(before);
        assertThat(subject().run(THREAD, RUN)).contains(Rows.run(RUN));
        assertThat(log(THREAD, RUN)).isEmpty();
        claim(THREAD, "cid", "run-2");
    }

    @Test
    void firstWriteOfANewThreadThatFailsLeavesNoThread() {
        Write twice = new Write(
                null,
                List.of(),
                Rows.run(RUN),
                List.of(Rows.input(RUN), Rows.input(RUN)),
                Rows.head(ThreadStatus.RUNNING, RUN),
                false);

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> subject().claim(request(THREAD, "ann", 0), twice));
        assertThat(subject().thread(THREAD)).isEmpty();
        assertThat(subject().run(THREAD, RUN)).isEmpty();
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD))).isEmpty();
    }

    @Test
    void firstWriteMayReleaseAtOnce() {
        Write update = new Write(
                null,
                List.of(),
                null,
                List.of(Rows.checkpoint("update-1", null, Map.of())),
                new Head(ThreadStatus.IDLE, null, "update-1", null, 0),
                true);

        Claim claim = claim(request(THREAD, "ann", 0), update);

        assertThat(thread(THREAD).lease()).isNull();
        assertThat(thread(THREAD).head()).isEqualTo(new Head(ThreadStatus.IDLE, null, "update-1", null, 0));
        assertThat(failure(claim, Rows.open(RUN))).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void exactlyOneOfManyConcurrentClaimersWins() throws Exception {
        for (int round = 0; round < 40; round++) {
            String threadId = "contended-" + round % 4;
            long epoch = subject().thread(threadId).map(ThreadRecord::epoch).orElse(0L);

            List<Optional<Claim>> outcomes = Contenders.race(
                    8,
                    i -> subject().claim(request(threadId, "owner-" + i, epoch), Rows.open("run-" + epoch + "-" + i)));

            List<Claim> won = outcomes.stream().flatMap(Optional::stream).toList();
            assertThat(won).as("round " + round).hasSize(1);
            assertThat(thread(threadId).lease().owner()).isEqualTo(won.get(0).owner());
            assertThat(thread(threadId).epoch()).isEqualTo(won.get(0).epoch());
            clock().advance(LEASE);
        }
    }
}
