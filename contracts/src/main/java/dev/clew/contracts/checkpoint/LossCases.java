package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Write;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of requests whose owners vanish, and of those that do not fit a deployment. */
abstract class LossCases extends QueueCases {
    private static final Write NEVER_RAN = new Write(
            null,
            List.of(),
            null,
            List.of(),
            new dev.clew.checkpoint.Head(ThreadStatus.IDLE, null, "", null, 0),
            false);

    LossCases(CheckpointerContract contract) {
        super(contract);
    }

    /** Opens a run in EXIT mode, of which nothing is stored before it rests. */
    private Claim openUnstored(String requestId, String owner) {
        long epoch = subject().thread(THREAD).map(thread -> thread.epoch()).orElse(0L);
        return claim(new ClaimRequest(THREAD, FLOW, owner, epoch, LEASE, false, requestId), NEVER_RAN);
    }

    private void vanish() {
        clock().advance(LEASE);
        tend();
    }

    @Test
    void aRunOfWhichNothingIsStoredIsHeldAfterItsFifthOwnerVanished() {
        enqueue(THREAD, "r-1");
        for (int loss = 1; loss < RunQueue.MAX_ATTEMPTS; loss++) {
            assertThat(take(1)).as("loss " + loss).containsExactly("r-1");
            openUnstored("r-1", "ann");
            vanish();
            assertThat(row(THREAD, "r-1").losses()).isEqualTo(loss);
            clock().advance(Duration.ofSeconds(1L << loss).minusNanos(1));
            assertThat(take(1)).as("in the pause after loss " + loss).isEmpty();
            clock().advance(Duration.ofNanos(1));
        }
        take(1);
        openUnstored("r-1", "ann");

        vanish();

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.HELD);
        assertThat(row(THREAD, "r-1").isOpened()).isFalse();
    }

    @Test
    void aStoredRunWhoseOwnersVanishIsTakenAfterPausesThatGrowToAMinute() {
        enqueue(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");
        for (int loss = 1; loss <= 8; loss++) {
            vanish();
            clock().advance(Duration.ofSeconds(1L << Math.min(loss, 6)).minusNanos(1));
            assertThat(take(1)).as("in the pause after loss " + loss).isEmpty();
            clock().advance(Duration.ofNanos(1));
            assertThat(take(1)).as("after loss " + loss).containsExactly("r-1");
            goOn(THREAD, "r-1");
        }

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.TAKEN);
    }

    @Test
    void aReleaseByTheOwnerIsNoLoss() {
        enqueue(THREAD, "r-1");
        for (int i = 0; i < 8; i++) {
            assertThat(take(1)).containsExactly("r-1");
            Claim claim = i == 0 ? open(THREAD, "r-1") : goOn(THREAD, "r-1");
            write(claim, Rows.release(ThreadStatus.RUNNING, "r-1"));
        }

        assertThat(row(THREAD, "r-1").losses()).isZero();
        assertThat(row(THREAD, "r-1").attempts()).isZero();
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.READY);
    }

    @Test
    void anOwnerThatIsShutOutHasVanished() {
        enqueue(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");

        claim(
                new ClaimRequest(THREAD, FLOW, "bob", thread(THREAD).epoch(), LEASE, true),
                new Write(null, List.of(), null, List.of(), null, true));

        assertThat(row(THREAD, "r-1").losses()).isEqualTo(1);
        assertThat(take(1)).isEmpty();
        clock().advance(Duration.ofSeconds(2));
        assertThat(take(1)).containsExactly("r-1");
    }

    @Test
    void lossesAreForgottenWhenTheRunRests() {
        enqueue(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");
        vanish();
        clock().advance(Duration.ofSeconds(2));
        take(1);

        write(goOn(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));

        assertThat(row(THREAD, "r-1").losses()).isZero();
    }

    @Test
    void aReservationWhoseOwnerIsKnownToBeGoneCounts() {
        enqueue(THREAD, "r-1");
        take(1);

        giveBack(THREAD, "r-1", GiveBack.Reason.VANISHED);

        assertThat(row(THREAD, "r-1").attempts()).isEqualTo(1);
        assertThat(take(1)).isEmpty();
        clock().advance(Duration.ofSeconds(2));
        assertThat(take(1)).containsExactly("r-1");
    }

    @Test
    void aStoreThatFailedDoesNotCount() {
        enqueue(THREAD, "r-1");
        for (int i = 0; i < 8; i++) {
            assertThat(take(1)).containsExactly("r-1");
            giveBack(THREAD, "r-1", GiveBack.Reason.STORAGE);
            clock().advance(RunQueue.BUSY_PAUSE);
        }

        assertThat(row(THREAD, "r-1").attempts()).isZero();
    }

    @Test
    void aPausedRunThatADirectCallerLostIsParkedAgain() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));
        // In EXIT mode nothing is stored of the answer before the run rests.
        claim(request(THREAD, "web", thread(THREAD).epoch()), NOTHING);
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.TAKEN);

        vanish();

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.PARKED);
        assertThat(take(1)).isEmpty();
    }

    @Test
    void aPausedRunThatIsGivenBackIsParkedAgain() {
        enqueue(THREAD, "r-1");
        take(1);
        Claim claim = open(THREAD, "r-1");
        subject()
                .addAnswers(
                        THREAD,
                        claim.epoch(),
                        List.of(new dev.clew.checkpoint.WaitingAnswer("r-1", "q", Rows.bytes("1"))));
        write(claim, Rows.release(ThreadStatus.INTERRUPTED, "r-1"));
        assertThat(take(1)).containsExactly("r-1");
        claim(
                request(THREAD, "web", thread(THREAD).epoch()),
                new Write(
                        "r-1",
                        List.of(),
                        null,
                        List.of(),
                        Rows.head(ThreadStatus.INTERRUPTED, "r-1"),
                        true,
                        List.of("q")));

        giveBack(THREAD, "r-1", GiveBack.Reason.THREAD_BUSY);

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.PARKED);
    }

    @Test
    void aHeldRequestIsTakenAgainIfAPersonWantsIt() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        take(1);
        giveBack(THREAD, "r-1", GiveBack.Reason.UNREADABLE);
        assertThat(queue().retry(THREAD, "r-2")).isFalse();

        assertThat(queue().retry(THREAD, "r-1")).isTrue();

        assertThat(queue().retry(THREAD, "r-1")).isFalse();
        assertThat(row(THREAD, "r-1").attempts()).isZero();
        assertThat(take(5)).containsExactly("r-1");
    }

    @Test
    void aRequestThatItsRunHoldsIsNotTakenAgain() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.BLOCKED, "r-1"));

        assertThat(queue().retry(THREAD, "r-1")).isFalse();

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.HELD);
    }

    @Test
    void theOwnersOfAQueueAreListedAndWhatTheyHave() {
        enqueue("a", "r-1");
        enqueue("b", "r-2");
        enqueue("c", "r-3");
        take("ann", 1);
        take("bob", 1);

        assertThat(queue().owners(QUEUE)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(queue().owners("other")).isEmpty();
        assertThat(queue().list(QueueQuery.all().owner("bob")))
                .singleElement()
                .satisfies(row -> assertThat(row.request().requestId()).isEqualTo("r-2"));
    }

    // --- deployments ---

    private List<String> take(String owner, @Nullable String deployment) {
        return queue().take(new TakeRequest(owner, QUEUE, Set.of(FLOW), 9, RESERVATION, deployment)).stream()
                .map(row -> row.request().requestId())
                .toList();
    }

    private void passOn(String owner, String deployment) {
        queue().giveBack(new GiveBack(THREAD, "r-1", owner, GiveBack.Reason.NOT_THIS_DEPLOYMENT, null, deployment));
    }

    @Test
    void whatDoesNotFitADeploymentIsTakenByAnotherOne() {
        enqueue(THREAD, "r-1");
        assertThat(take("ann", "old")).containsExactly("r-1");

        passOn("ann", "old");

        assertThat(take("ann", "old")).isEmpty();
        assertThat(take("bob", "new")).containsExactly("r-1");
        assertThat(row(THREAD, "r-1").attempts()).isEqualTo(1);
        assertThat(row(THREAD, "r-1").deployments().excluded()).containsExactly("old");
    }

    @Test
    void aDeploymentWithoutANameTakesEverything() {
        enqueue(THREAD, "r-1");
        take("ann", "old");
        passOn("ann", "old");

        assertThat(take("bob", null)).containsExactly("r-1");
    }

    @Test
    void aDeploymentTriesAgainAfterAWhile() {
        enqueue(THREAD, "r-1");
        take("ann", "old");
        passOn("ann", "old");
        clock().advance(RunQueue.EXCLUDED.minusNanos(1));
        assertThat(take("ann", "old")).isEmpty();
        clock().advance(Duration.ofNanos(1));

        assertThat(take("ann", "old")).containsExactly("r-1");
        assertThat(row(THREAD, "r-1").deployments().excluded()).containsExactly("old");
    }

    @Test
    void anOpenedRunThatDoesNotFitStaysWithItsOwnerUntilThatReleasesIt() {
        enqueue(THREAD, "r-1");
        take("ann", "old");
        Claim claim = open(THREAD, "r-1");

        passOn("ann", "old");
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.TAKEN);
        write(claim, Rows.release(ThreadStatus.RUNNING, "r-1"));

        assertThat(take("ann", "old")).isEmpty();
        assertThat(take("bob", "new")).containsExactly("r-1");
    }

    @Test
    void aRequestHasTheDeploymentThatWroteItLast() {
        QueuedRun request = new QueuedRun(
                THREAD, "r-1", QUEUE, FLOW, 0, null, false, Duration.ZERO, Rows.bytes("{}"), null, "front");
        queue().enqueue(request, WhenOccupied.WAIT);
        assertThat(row(THREAD, "r-1").deployments().last()).isEqualTo("front");
        take(1);

        claim(new ClaimRequest(THREAD, FLOW, "ann", 0, LEASE, false, "r-1", null, "back", null), Rows.open("r-1"));

        assertThat(row(THREAD, "r-1").deployments().last()).isEqualTo("back");
    }

    @Test
    void aWorkerIsRegisteredWithItsDeployment() {
        queue().tend(new WorkerRecord("ann", QUEUE, Set.of(FLOW), 4, clock().instant(), "new"));

        assertThat(queue().state(QUEUE).workers())
                .singleElement()
                .satisfies(worker -> assertThat(worker.deployment()).isEqualTo("new"));
    }

    @Test
    void aRunThatACallerOpensIsRefusedWhileARequestOfItsIdWaits() {
        enqueue(THREAD, "r-1");
        ClaimRequest ofRequest = new ClaimRequest(THREAD, FLOW, "web", 0, LEASE, false, null, "r-1", null, null);
        ClaimRequest ofOther = new ClaimRequest(THREAD, FLOW, "web", 0, LEASE, false, null, "r-2", null, null);

        assertThat(subject().claim(ofRequest, NEVER_RAN)).isEmpty();
        assertThat(subject().thread(THREAD)).isEmpty();
        assertThat(subject().claim(ofOther, Rows.open("r-2"))).isPresent();
    }

    @Test
    void aRunThatACallerOpensOnAKnownThreadIsRefusedWhileARequestOfItsIdWaits() {
        parked(THREAD, ThreadStatus.IDLE);
        enqueue(THREAD, "r-1");
        long epoch = thread(THREAD).epoch();

        assertThat(subject()
                        .claim(
                                new ClaimRequest(THREAD, FLOW, "web", epoch, LEASE, false, null, "r-1", null, null),
                                Rows.open("r-1")))
                .isEmpty();
        assertThat(thread(THREAD).epoch()).isEqualTo(epoch);
        assertThat(take(1)).containsExactly("r-1");
    }
}
