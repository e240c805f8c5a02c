package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a deletion takes away, and when it is refused. */
abstract class DeletionCases extends ContractCases {
    DeletionCases(CheckpointerContract contract) {
        super(contract);
    }

    /** Two runs with logs and checkpoints, and one checkpoint made by hand; nobody owns the thread. */
    private long twoRuns() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "a", "b"));
        write(claim, Rows.open("run-2"));
        write(claim, Rows.log("run-2", 0, "c"));
        write(claim, Rows.checkpoints(Rows.checkpoint("update-1", null, Map.of("k", "v"))));
        write(claim, Rows.release(ThreadStatus.IDLE, "run-2"));
        return claim.epoch();
    }

    @Test
    void allRunsOfAThreadAreRead() {
        long epoch = twoRuns();
        parked("essay-2", ThreadStatus.IDLE);

        assertThat(subject().runs(THREAD)).extracting(RunRecord::runId).containsExactlyInAnyOrder(RUN, "run-2");
        assertThat(subject().runs("no-such-thread")).isEmpty();
        assertThat(subject().delete(Deletion.runs(THREAD, epoch, Set.of(RUN)))).isTrue();
        assertThat(subject().runs(THREAD)).extracting(RunRecord::runId).containsExactly("run-2");
    }

    @Test
    void wholeThreadIsDeletedWithAllItHas() {
        long epoch = twoRuns();
        parked("essay-2", ThreadStatus.IDLE);

        assertThat(subject().delete(Deletion.thread(THREAD, epoch))).isTrue();

        assertThat(subject().thread(THREAD)).isEmpty();
        assertThat(subject().run(THREAD, RUN)).isEmpty();
        assertThat(log(THREAD, RUN)).isEmpty();
        assertThat(log(THREAD, "run-2")).isEmpty();
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD))).isEmpty();
        assertThat(threadIds(ThreadQuery.all())).containsExactly("essay-2");
        assertThat(checkpointIds(CheckpointQuery.of("essay-2"))).hasSize(1);
    }

    @Test
    void nameOfADeletedThreadIsFreeForANewOne() {
        long epoch = twoRuns();
        subject().delete(Deletion.thread(THREAD, epoch));
        var request = new ClaimRequest(THREAD, "Other.flow", "bob", 0, LEASE, false);

        Claim claim = claim(request, Rows.open(RUN));
        write(claim, Rows.log(RUN, 0, "new"));

        assertThat(thread(THREAD).workflow()).isEqualTo("Other.flow");
        assertThat(log(THREAD, RUN)).containsExactly("0:new");
        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).containsExactly("input-" + RUN);
    }

    @Test
    void runsAreDeletedWithTheirLogsAndCheckpoints() {
        long epoch = twoRuns();
        ThreadRecord before = thread(THREAD);

        assertThat(subject().delete(Deletion.runs(THREAD, epoch, Set.of(RUN, "no-such-run"))))
                .isTrue();

        assertThat(subject().run(THREAD, RUN)).isEmpty();
        assertThat(log(THREAD, RUN)).isEmpty();
        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).containsExactly("update-1", "input-run-2");
        assertThat(subject().run(THREAD, "run-2")).isPresent();
        assertThat(log(THREAD, "run-2")).containsExactly("0:c");
        assertThat(thread(THREAD).head()).isEqualTo(before.head());
        assertThat(thread(THREAD).epoch()).isEqualTo(epoch);
    }

    @Test
    void submittedDeletionHappensAsOneThatIsWaitedFor() {
        long epoch = twoRuns();
        Deletion run = Deletion.runs(THREAD, epoch, Set.of(RUN));
        CompletableFuture<Boolean> outdated =
                subject().submit(Deletion.runs(THREAD, epoch - 1, Set.of(RUN))).toCompletableFuture();
        CompletableFuture<Boolean> done = subject().submit(run).toCompletableFuture();

        assertThat(outdated.join()).isFalse();
        assertThat(done.join()).isTrue();
        assertThat(subject().run(THREAD, RUN)).isEmpty();
    }

    @Test
    void keptCheckpointsOfADeletedRunStayWithoutIt() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "a"));
        CheckpointRecord kept = Rows.checkpoint("saved-1", RUN, Map.of("k", "v"));
        write(claim, Rows.checkpoints(kept, Rows.checkpoint("saved-2", RUN, Map.of())));
        write(claim, Rows.open("run-2"));
        write(claim, Rows.release(ThreadStatus.IDLE, "run-2"));
        Deletion runs = Deletion.runs(THREAD, claim.epoch(), Set.of(RUN));

        assertThat(subject().delete(runs.keeping(Set.of("saved-1", "input-run-2", "nothing"))))
                .isTrue();

        assertThat(subject().run(THREAD, RUN)).isEmpty();
        assertThat(log(THREAD, RUN)).isEmpty();
        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).containsExactly("saved-1", "input-run-2");
        CheckpointRecord left = subject()
                .checkpoints(CheckpointQuery.of(THREAD).metadata(Map.of("k", "v")))
                .get(0);
        assertThat(left.runId()).isNull();
        assertThat(left.values().get("input")).isEqualTo(kept.values().get("input"));
        assertThat(left)
                .usingRecursiveComparison()
                .ignoringFields("runId", "values")
                .isEqualTo(kept);
        assertThat(subject()
                        .checkpoints(CheckpointQuery.of(THREAD).id("input-run-2"))
                        .get(0)
                        .runId())
                .isEqualTo("run-2");
    }

    @Test
    void looseCheckpointsGoWithTheRunsIfTheyHaveNone() {
        Claim claim = claimed();
        write(
                claim,
                Rows.checkpoints(
                        Rows.checkpoint("loose-1", null, Map.of("k", "v")),
                        Rows.checkpoint("loose-2", null, Map.of())));
        write(claim, Rows.open("run-2"));
        write(claim, Rows.release(ThreadStatus.IDLE, "run-2"));

        assertThat(subject()
                        .delete(Deletion.runs(THREAD, claim.epoch(), Set.of(RUN))
                                .andLoose(Set.of("loose-1", "input-run-2", "nothing"))))
                .isTrue();

        assertThat(checkpointIds(CheckpointQuery.of(THREAD))).containsExactly("loose-2", "input-run-2");
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD).metadata(Map.of("k", "v"))))
                .isEmpty();
    }

    @Test
    void deletedRunCanBeOpenedAnew() {
        long epoch = twoRuns();
        subject().delete(Deletion.runs(THREAD, epoch, Set.of(RUN)));

        Claim claim = claim(THREAD, "ann", RUN);
        write(claim, Rows.log(RUN, 0, "new"));

        assertThat(log(THREAD, RUN)).containsExactly("0:new");
    }

    @Test
    void ownedThreadIsKept() {
        Claim claim = claimed();
        write(claim, Rows.log(RUN, 0, "a"));

        assertThat(subject().delete(Deletion.thread(THREAD, claim.epoch()))).isFalse();
        assertThat(subject()
                        .delete(Deletion.runs(THREAD, claim.epoch(), Set.of(RUN))
                                .keeping(Set.of("input-" + RUN))))
                .isFalse();

        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD)).get(0).runId())
                .isEqualTo(RUN);
        assertThat(thread(THREAD).epoch()).isEqualTo(claim.epoch());
        assertThat(log(THREAD, RUN)).containsExactly("0:a");
        write(claim, Rows.log(RUN, 1, "b"));
    }

    @Test
    void threadWhoseLeaseRanOutIsDeleted() {
        Claim claim = claimed();
        clock().advance(LEASE);

        assertThat(subject().delete(Deletion.thread(THREAD, claim.epoch()))).isTrue();
        assertThat(subject().thread(THREAD)).isEmpty();
    }

    @Test
    void decisionOnAnOldEpochDeletesNothing() {
        long read = twoRuns();
        parked(THREAD, ThreadStatus.INTERRUPTED, "run-3");

        assertThat(subject().delete(Deletion.thread(THREAD, read))).isFalse();
        assertThat(subject().delete(Deletion.runs(THREAD, read, Set.of("run-2"))))
                .isFalse();
        assertThat(subject().run(THREAD, "run-2")).isPresent();
        assertThat(thread(THREAD).head().status()).isEqualTo(ThreadStatus.INTERRUPTED);
    }

    @Test
    void unknownThreadOrRunIsNoError() {
        long epoch = twoRuns();

        assertThat(subject().delete(Deletion.thread("nobody", 0))).isTrue();
        assertThat(subject().delete(Deletion.runs("nobody", 3, Set.of(RUN)))).isTrue();
        assertThat(subject().delete(Deletion.runs(THREAD, epoch, Set.of("no-such-run"))))
                .isTrue();
        assertThat(log(THREAD, RUN)).hasSize(2);
    }

    @Test
    void deletionRacesWithAClaimAndOneOfThemWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            parked(THREAD, ThreadStatus.IDLE);
            long epoch = thread(THREAD).epoch();

            List<Boolean> done = Contenders.race(
                    2,
                    contender -> contender == 0
                            ? subject().delete(Deletion.thread(THREAD, epoch))
                            : subject()
                                    .claim(request(THREAD, "bob", epoch), Rows.status(ThreadStatus.RUNNING, RUN))
                                    .isPresent());

            assertThat(done).containsExactlyInAnyOrder(true, false);
            assertThat(subject().thread(THREAD).isPresent()).isEqualTo(done.get(1));
            clock().advance(LEASE);
            subject().thread(THREAD).ifPresent(left -> subject().delete(Deletion.thread(THREAD, left.epoch())));
        }
    }
}
