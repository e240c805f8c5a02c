package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A claim that is no longer the thread's writes nothing. */
abstract class FencingCases extends ContractCases {
    FencingCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void oldEpochIsRefused() {
        Claim zombie = claimed();
        clock().advance(LEASE);
        Claim owner = claim(THREAD, "bob", "run-2");

        Throwable failure = failure(zombie, Rows.log(RUN, 0, "late"));

        assertThat(failure).isInstanceOf(LeaseLostException.class).hasMessageContaining(THREAD);
        assertThat(log(THREAD, RUN)).isEmpty();
        write(owner, Rows.log("run-2", 0, "mine"));
        assertThat(log(THREAD, "run-2")).containsExactly("0:mine");
    }

    @Test
    void refusedWriteChangesNothingOfIt() {
        Claim zombie = claimed();
        clock().advance(LEASE);
        claim(THREAD, "bob", "run-2");
        ThreadRecord before = thread(THREAD);
        Write everything = new Write(
                RUN,
                List.of(new LogRecord(0, Rows.bytes("late"))),
                Rows.run(RUN).completed("loop-1"),
                List.of(Rows.checkpoint("loop-1", RUN, Map.of("k", "v"))),
                Rows.head(ThreadStatus.IDLE, RUN),
                true);

        assertThat(failure(zombie, everything)).isInstanceOf(LeaseLostException.class);

        assertThat(thread(THREAD)).isEqualTo(before);
        assertThat(subject().run(THREAD, RUN)).contains(Rows.run(RUN));
        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).doesNotContain("loop-1");
        assertThat(log(THREAD, RUN)).isEmpty();
    }

    @Test
    void releasedClaimIsRefused() {
        Claim claim = claimed();
        write(claim, Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(failure(claim, Rows.log(RUN, 0, "late"))).isInstanceOf(LeaseLostException.class);
        assertThat(log(THREAD, RUN)).isEmpty();
    }

    @Test
    void everyLaterWriteOfALostClaimIsRefusedToo() {
        Claim zombie = claimed();
        clock().advance(LEASE);
        claim(THREAD, "bob", "run-2");

        for (int i = 0; i < 3; i++) {
            assertThat(failure(zombie, Rows.log(RUN, i, "late"))).isInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void expiredLeaseThatNobodyTookStillWrites() {
        Claim claim = claimed();
        clock().advance(LEASE.multipliedBy(10));

        write(claim, Rows.log(RUN, 0, "slow"));

        assertThat(log(THREAD, RUN)).containsExactly("0:slow");
    }

    @Test
    void claimOfAnUnknownThreadIsRefused() {
        Claim forged = new Claim("nobody", "ann", 1);

        assertThat(failure(forged, Rows.open(RUN))).isInstanceOf(LeaseLostException.class);
        assertThat(subject().thread("nobody")).isEmpty();
    }

    @Test
    void claimOfAnotherOwnerIsRefused() {
        Claim claim = claimed();
        Claim forged = new Claim(THREAD, "eve", claim.epoch());

        assertThat(failure(forged, Rows.log(RUN, 0, "forged"))).isInstanceOf(LeaseLostException.class);
        assertThat(renew(forged, LEASE)).isEqualTo(LeaseState.LOST);
    }

    @Test
    void claimOfADeletedThreadDoesNotFitTheThreadThatTookItsName() {
        Claim zombie = claimed();
        clock().advance(LEASE);
        assertThat(subject().delete(Deletion.thread(THREAD, zombie.epoch()))).isTrue();

        Claim owner = claim(THREAD, "ann", RUN);

        assertThat(owner.epoch()).isGreaterThan(zombie.epoch());
        assertThat(failure(zombie, Rows.log(RUN, 0, "late"))).isInstanceOf(LeaseLostException.class);
        assertThat(renew(zombie, LEASE)).isEqualTo(LeaseState.LOST);
        write(owner, Rows.log(RUN, 0, "mine"));
        assertThat(log(THREAD, RUN)).containsExactly("0:mine");
    }

    @Test
    void lostClaimOfOneThreadIsNoMatterForAnother() {
        Claim zombie = claimed();
        Claim other = claim("essay-2", "ann", RUN);
        clock().advance(LEASE);
        claim(THREAD, "bob", "run-2");

        var lost = subject().write(zombie, Rows.log(RUN, 0, "late"), true);
        var kept = subject().write(other, Rows.log(RUN, 0, "fine"), true);

        assertThat(failureOf(lost)).isInstanceOf(LeaseLostException.class);
        assertThat(failureOf(kept)).isNull();
        assertThat(log("essay-2", RUN)).containsExactly("0:fine");
    }

    @Test
    void ownersThatOvertakeEachOtherNeverMixTheirLogs() throws Exception {
        claimed();
        clock().advance(LEASE);

        Contenders.race(6, contender -> {
            String owner = "owner-" + contender;
            for (int i = 0; i < 15; i++) {
                var takeover =
                        new ClaimRequest(THREAD, FLOW, owner, thread(THREAD).epoch(), LEASE, true);
                String runId = owner + "-" + i;
                subject().claim(takeover, Rows.open(runId)).ifPresent(claim -> {
                    for (int seq = 0; seq < 5; seq++) {
                        subject().write(claim, Rows.log(runId, seq, owner), false);
                    }
                    failureOf(subject().write(claim, Rows.log(runId, 5, owner), true));
                });
            }
            return owner;
        });

        // A run's log is a prefix of its owner's six entries, whoever came between.
        for (int contender = 0; contender < 6; contender++) {
            for (int i = 0; i < 15; i++) {
                String owner = "owner-" + contender;
                List<String> log = log(THREAD, owner + "-" + i);
                for (int seq = 0; seq < log.size(); seq++) {
                    assertThat(log.get(seq)).isEqualTo(seq + ":" + owner);
                }
            }
        }
    }
}
