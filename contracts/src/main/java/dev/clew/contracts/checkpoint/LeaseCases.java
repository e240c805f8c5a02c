package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Renewals and requests to cancel. */
abstract class LeaseCases extends ContractCases {
    LeaseCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void renewalProlongsTheLeaseFromNow() {
        Claim claim = claimed();
        clock().advance(Duration.ofSeconds(20));

        LeaseState state = renew(claim, LEASE);

        assertThat(state).isEqualTo(LeaseState.HELD);
        clock().advance(LEASE.minusNanos(1));
        assertThat(thread(THREAD).lease().expired()).isFalse();
        clock().advance(Duration.ofNanos(1));
        assertThat(thread(THREAD).lease().expired()).isTrue();
    }

    @Test
    void renewalKeepsTheEpochAndSinceWhen() {
        Claim claim = claimed();
        Lease before = thread(THREAD).lease();
        clock().advance(Duration.ofSeconds(20));

        renew(claim, LEASE);

        assertThat(thread(THREAD).lease()).isEqualTo(before);
        assertThat(thread(THREAD).epoch()).isEqualTo(claim.epoch());
    }

    @Test
    void renewalSavesALeaseThatRanOutButWasNotTaken() {
        Claim claim = claimed();
        clock().advance(LEASE.multipliedBy(2));

        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.HELD);
        assertThat(subject().claim(request(THREAD, "bob", claim.epoch()), Rows.open("run-2")))
                .isEmpty();
    }

    @Test
    void renewalOfALostClaimSaysSoAndChangesNothing() {
        Claim zombie = claimed();
        clock().advance(LEASE);
        claim(THREAD, "bob", "run-2");
        ThreadRecord before = thread(THREAD);

        assertThat(renew(zombie, LEASE.multipliedBy(100))).isEqualTo(LeaseState.LOST);
        assertThat(thread(THREAD)).isEqualTo(before);
        clock().advance(LEASE);
        assertThat(thread(THREAD).lease().expired()).isTrue();
    }

    @Test
    void renewalOfAReleasedClaimIsLost() {
        Claim claim = claimed();
        write(claim, Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.LOST);
        assertThat(thread(THREAD).lease()).isNull();
    }

    @Test
    void renewalOfADeletedThreadIsLost() {
        Claim claim = claimed();
        clock().advance(LEASE);
        subject().delete(Deletion.thread(THREAD, claim.epoch()));

        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.LOST);
    }

    @Test
    void aLostClaimDoesNotChangeWhatBecomesOfTheOthers() {
        Claim zombie = claimed();
        clock().advance(LEASE);
        claim(THREAD, "bob", "run-2");
        Claim quiet = claim("essay-2", "ann", RUN);
        Claim unwanted = claim("essay-3", "ann", RUN);
        subject().requestCancel("essay-3", unwanted.epoch());
        clock().advance(Duration.ofSeconds(20));
        Claim deleted = new Claim("nobody", "ann", 1);

        assertThat(subject().renew(List.of(zombie, deleted, quiet, unwanted), LEASE))
                .isEqualTo(Map.of(
                        zombie,
                        LeaseState.LOST,
                        deleted,
                        LeaseState.LOST,
                        quiet,
                        LeaseState.HELD,
                        unwanted,
                        LeaseState.CANCEL_REQUESTED));

        clock().advance(Duration.ofSeconds(20));
        assertThat(thread("essay-2").lease().expired()).isFalse();
        assertThat(thread("essay-3").lease().expired()).isFalse();
        assertThat(thread(THREAD).lease().expired()).isTrue();
    }

    @Test
    void aThousandClaimsAreRenewedInOneCall() {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            claims.add(claim("essay-" + i, "ann", RUN));
        }

        Map<Claim, LeaseState> found = subject().renew(claims, LEASE);

        assertThat(found).containsOnlyKeys(claims);
        assertThat(found.values()).containsOnly(LeaseState.HELD);
    }

    @Test
    void renewalOfNoClaimsFindsNothing() {
        assertThat(subject().renew(List.of(), LEASE)).isEmpty();
    }

    @Test
    void theClockIsTheOneThatLeasesAreJudgedBy() {
        assertThat(subject().now()).isEqualTo(clock().instant());
        clock().advance(Duration.ofMillis(1));
        assertThat(subject().now()).isEqualTo(clock().instant());
    }

    @Test
    void requestToCancelReachesTheOwnerByItsRenewals() {
        Claim claim = claimed();

        boolean known = subject().requestCancel(THREAD, claim.epoch());

        assertThat(known).isTrue();
        assertThat(thread(THREAD).cancelRequested()).isTrue();
        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.CANCEL_REQUESTED);
        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.CANCEL_REQUESTED);
        write(claim, Rows.log(RUN, 0, "still mine"));
    }

    @Test
    void requestToCancelOutlivesATakeover() {
        Claim claim = claimed();
        subject().requestCancel(THREAD, claim.epoch());
        clock().advance(LEASE);

        Claim next = claim(request(THREAD, "bob", claim.epoch()), Rows.checkpoints());

        assertThat(renew(next, LEASE)).isEqualTo(LeaseState.CANCEL_REQUESTED);
    }

    @Test
    void theEndOfTheRunClearsTheRequestToCancel() {
        for (ThreadStatus end : List.of(ThreadStatus.CANCELLED, ThreadStatus.IDLE)) {
            String thread = "ended " + end;
            Claim claim = claim(thread, "ann", RUN);
            subject().requestCancel(thread, claim.epoch());

            write(claim, Rows.release(end, RUN));

            assertThat(thread(thread).cancelRequested()).as(end.name()).isFalse();
            assertThat(renew(claim(thread, "bob", "run-2"), LEASE)).isEqualTo(LeaseState.HELD);
        }
    }

    @Test
    void requestToCancelStaysWithARunThatRestsBeforeItIsHeard() {
        for (ThreadStatus rest : List.of(ThreadStatus.INTERRUPTED, ThreadStatus.SLEEPING, ThreadStatus.FAILED)) {
            String thread = "rests " + rest;
            Claim claim = claim(thread, "ann", RUN);
            subject().requestCancel(thread, claim.epoch());

            write(claim, Rows.release(rest, RUN));

            assertThat(thread(thread).lease()).isNull();
            assertThat(thread(thread).cancelRequested()).as(rest.name()).isTrue();
        }
    }

    @Test
    void requestToCancelMeansTheOwnerThatWasSeen() {
        Claim first = claimed();
        clock().advance(LEASE);
        Claim second = claim(request(THREAD, "bob", first.epoch()), Rows.checkpoints());

        assertThat(subject().requestCancel(THREAD, first.epoch())).isFalse();
        assertThat(thread(THREAD).cancelRequested()).isFalse();

        write(second, Rows.release(ThreadStatus.INTERRUPTED, RUN));

        assertThat(subject().requestCancel(THREAD, second.epoch())).isFalse();
        assertThat(thread(THREAD).cancelRequested()).isFalse();
    }

    @Test
    void requestToCancelAnUnknownThreadIsFalse() {
        assertThat(subject().requestCancel("nobody", 1)).isFalse();
        assertThat(subject().thread("nobody")).isEmpty();
    }

    @Test
    void renewalIsAnsweredWhileManyWritesWait() {
        Claim busy = claimed();
        Claim quiet = claim("essay-2", "ann", RUN);
        for (int seq = 0; seq < 2_000; seq++) {
            subject().write(busy, Rows.log(RUN, seq, "x".repeat(200)), false);
        }

        assertThat(renew(quiet, LEASE)).isEqualTo(LeaseState.HELD);
        write(busy, Rows.log(RUN, 2_000, "last"));
        assertThat(log(THREAD, RUN)).hasSize(2_001);
    }
}
