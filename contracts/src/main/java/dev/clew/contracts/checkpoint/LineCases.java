package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The requests of one thread, and how they follow its runs. */
abstract class LineCases extends QueueCases {
    LineCases(CheckpointerContract contract) {
        super(contract);
    }

    @Test
    void theFirstRequestOfAThreadIsReadyAndTheOthersWait() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.READY);
        assertThat(state(THREAD, "r-2")).isEqualTo(RequestState.WAITING);
        assertThat(take(5)).containsExactly("r-1");
    }

    @Test
    void theSecondIsTakenWhenTheRunOfTheFirstIsOver() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        take(1);
        Claim claim = open(THREAD, "r-1");
        assertThat(take(5)).isEmpty();

        write(claim, Rows.release(ThreadStatus.IDLE, "r-1"));

        assertThat(queue().find(THREAD, "r-1")).isEmpty();
        assertThat(take(5)).containsExactly("r-2");
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadStatus.class,
            names = {"IDLE", "FAILED", "CANCELLED"})
    void aRequestIsGoneWhenItsRunIsOver(ThreadStatus status) {
        enqueue(THREAD, "r-1");
        take(1);

        write(open(THREAD, "r-1"), Rows.release(status, "r-1"));

        assertThat(queue().find(THREAD, "r-1")).isEmpty();
        assertThat(thread(THREAD).isQueued()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadStatus.class,
            names = {"BLOCKED", "STUCK"})
    void aRequestIsHeldWhenItsRunIs(ThreadStatus status) {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        take(1);

        write(open(THREAD, "r-1"), Rows.release(status, "r-1"));

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.HELD);
        assertThat(take(5)).isEmpty();
        assertThat(thread(THREAD).isQueued()).isTrue();
    }

    @Test
    void aRequestIsParkedWhileItsRunSleepsAndReadyWhenItIsDue() {
        enqueue(THREAD, "r-1");
        take(1);
        write(
                open(THREAD, "r-1"),
                rests(ThreadStatus.SLEEPING, clock().instant().plusSeconds(60)));
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.PARKED);

        clock().advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(tend()).isZero();
        clock().advance(Duration.ofNanos(1));

        assertThat(tend()).isEqualTo(1);
        assertThat(take(1)).containsExactly("r-1");
        write(goOn(THREAD, "r-1"), Rows.release(ThreadStatus.IDLE, "r-1"));
        assertThat(queue().find(THREAD, "r-1")).isEmpty();
    }

    @Test
    void whatIsAskedIsParkedAndKeepsItsPlace() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        take(1);

        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.PARKED);
        assertThat(state(THREAD, "r-2")).isEqualTo(RequestState.WAITING);
        assertThat(take(5)).isEmpty();
    }

    @Test
    void answersThatWaitMakeAPausedRunReady() {
        enqueue(THREAD, "r-1");
        take(1);
        Claim claim = open(THREAD, "r-1");
        subject().addAnswers(THREAD, claim.epoch(), List.of(new WaitingAnswer("r-1", "q", Rows.bytes("1"))));

        write(claim, Rows.release(ThreadStatus.INTERRUPTED, "r-1"));

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.READY);
    }

    @Test
    void anAnswerFromOutsideMakesAPausedRunReadyAtItsOldPlace() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));
        enqueue(THREAD, "r-2");

        boolean given = subject()
                .claim(request(THREAD, "web", thread(THREAD).epoch()), Rows.release(ThreadStatus.ANSWERED, "r-1"))
                .isPresent();

        assertThat(given).isTrue();
        assertThat(take(5)).containsExactly("r-1");
        assertThat(state(THREAD, "r-2")).isEqualTo(RequestState.WAITING);
    }

    @Test
    void aRunThatIsGivenBackInTheMiddleIsReady() {
        enqueue(THREAD, "r-1");
        take(1);

        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.RUNNING, "r-1"));

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.READY);
        assertThat(row(THREAD, "r-1").attempts()).isZero();
    }

    @Test
    void aRunWhoseOwnerVanishedIsReadyWhenTheLeaseIsOver() {
        enqueue(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");
        clock().advance(LEASE.minusNanos(1));
        assertThat(tend()).isZero();
        clock().advance(Duration.ofNanos(1));

        assertThat(tend()).isEqualTo(1);
        clock().advance(Duration.ofSeconds(2));
        assertThat(take("bob", 1)).containsExactly("r-1");
        assertThat(tryToGoOn(THREAD, "r-1", "bob")).isPresent();
    }

    @Test
    void shuttingOutADeadOwnerKeepsAReservation() {
        enqueue(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");
        clock().advance(LEASE);
        tend();
        clock().advance(Duration.ofSeconds(2));
        assertThat(take("bob", 1)).containsExactly("r-1");

        boolean fenced = subject()
                .claim(
                        request(THREAD, "bob", thread(THREAD).epoch()),
                        new Write(null, List.of(), null, List.of(), null, true))
                .isPresent();

        assertThat(fenced).isTrue();
        assertThat(take("cy", 1)).isEmpty();
        assertThat(tryToGoOn(THREAD, "r-1", "bob")).isPresent();
    }

    @Test
    void whatWasContinuedIsNotGivenBack() {
        enqueue(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");

        giveBack(THREAD, "r-1", GiveBack.Reason.CLOSING);

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.TAKEN);
    }

    @Test
    void aRunInExitModeThatNothingIsStoredOfIsOpenedAnew() {
        parked(THREAD, ThreadStatus.IDLE);
        enqueue(THREAD, "r-1");
        take(1);
        goOn(THREAD, "r-1");
        clock().advance(LEASE);
        claim(request(THREAD, "bob", thread(THREAD).epoch()), Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.READY);
        assertThat(row(THREAD, "r-1").isOpened()).isFalse();
        clock().advance(Duration.ofSeconds(2));
        assertThat(take(1)).containsExactly("r-1");
        assertThat(tryToOpen(THREAD, "r-1", "ann")).isPresent();
    }

    @Test
    void aRunThatWasInvokedDirectlyComesFirst() {
        Claim direct = claimed();
        enqueue(THREAD, "r-1");
        assertThat(take(5)).isEmpty();

        write(direct, Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(take(5)).containsExactly("r-1");
    }

    @Test
    void aQuestionOfADirectRunIsNotDroppedByOneThatWaits() {
        parked(THREAD, ThreadStatus.INTERRUPTED);
        enqueue(THREAD, "r-1");

        assertThat(take(5)).isEmpty();
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.WAITING);
    }

    @Test
    void oneThatMayAbandonOpensOverAQuestionAndEndsTheRequestThatAsked() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));
        enqueue(abandoning("r-2"));
        assertThat(take(5)).containsExactly("r-2");

        write(open(THREAD, "r-2"), Rows.release(ThreadStatus.IDLE, "r-2"));

        assertThat(queue().find(THREAD, "r-1")).isEmpty();
        assertThat(queue().find(THREAD, "r-2")).isEmpty();
    }

    private static QueuedRun abandoning(String requestId) {
        return new QueuedRun(THREAD, requestId, QUEUE, FLOW, 0, null, true, Duration.ZERO, Rows.bytes("{}"), null);
    }

    @Test
    void aClaimThatContinuesAQueuedRunWithoutItsRequestHasIt() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.BLOCKED, "r-1"));

        Claim direct = claim(request(THREAD, "web", thread(THREAD).epoch()), Rows.status(ThreadStatus.RUNNING, "r-1"));

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.TAKEN);
        assertThat(row(THREAD, "r-1").owner()).isEqualTo("web");
        write(direct, Rows.release(ThreadStatus.IDLE, "r-1"));
        assertThat(queue().find(THREAD, "r-1")).isEmpty();
    }

    @Test
    void aDelayedRequestJoinsItsLineWhenItIsDue() {
        enqueue(request(THREAD, "later", 0, null, Duration.ofMinutes(1)));
        enqueue(THREAD, "now");
        assertThat(take(5)).containsExactly("now");
        Claim claim = open(THREAD, "now");
        clock().advance(Duration.ofMinutes(1));
        subject().renew(List.of(claim), LEASE);
        tend();
        assertThat(state(THREAD, "later")).isEqualTo(RequestState.WAITING);

        write(claim, Rows.release(ThreadStatus.IDLE, "now"));

        assertThat(take(5)).containsExactly("later");
    }

    @Test
    void aRefusedRequestLetsTheNextOnePass() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        take(1);

        boolean ended = queue().end(THREAD, "r-1", RequestState.REFUSED, Rows.bytes("why"));

        assertThat(ended).isTrue();
        assertThat(row(THREAD, "r-1").detail()).isEqualTo(Rows.bytes("why"));
        assertThat(tryToOpen(THREAD, "r-1", "ann")).isEmpty();
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void whatWasOpenedCannotBeEndedAsARequest() {
        enqueue(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");

        assertThat(queue().end(THREAD, "r-1", RequestState.CANCELLED, null)).isFalse();
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.TAKEN);
    }

    @Test
    void requestsThatAreOverAreForgottenAfterAWhile() {
        enqueue(THREAD, "r-1");
        queue().end(THREAD, "r-1", RequestState.CANCELLED, null);
        clock().advance(RunQueue.KEPT.minusNanos(1));
        tend();
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.CANCELLED);
        clock().advance(Duration.ofNanos(1));

        tend();

        assertThat(queue().find(THREAD, "r-1")).isEmpty();
    }

    @Test
    void deletingAThreadCancelsItsLine() {
        parked(THREAD, ThreadStatus.INTERRUPTED);
        enqueue(THREAD, "r-1");

        subject().delete(Deletion.thread(THREAD, thread(THREAD).epoch()));

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.CANCELLED);
    }

    @Test
    void aDeletionMaySpareAThreadThatIsRequested() {
        parked(THREAD, ThreadStatus.IDLE);
        enqueue(THREAD, "r-1");
        Deletion sparing = Deletion.thread(THREAD, thread(THREAD).epoch()).unlessRequested();

        assertThat(subject().delete(sparing)).isFalse();
        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.READY);
        assertThat(subject().thread(THREAD)).isPresent();

        queue().end(THREAD, "r-1", RequestState.CANCELLED, null);
        assertThat(subject().delete(sparing)).isTrue();
        assertThat(subject().thread(THREAD)).isEmpty();
    }

    @Test
    void anIdThatTheThreadKnowsIsNotAddedAgain() {
        parked(THREAD, ThreadStatus.IDLE);
        enqueue(THREAD, "r-1");

        assertThat(queue().enqueue(request(THREAD, "r-1"), true)).isEqualTo(Enqueued.KNOWN);
        assertThat(queue().enqueue(request(THREAD, RUN), true)).isEqualTo(Enqueued.RAN);
        assertThat(listed()).containsExactly("r-1");
    }

    @Test
    void oneThatMustNotWaitIsRefusedWhereItWouldHaveTo() {
        Claim direct = claimed();
        assertThat(queue().enqueue(request(THREAD, "r-1"), false)).isEqualTo(Enqueued.BUSY);
        write(direct, Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(queue().enqueue(request(THREAD, "r-2"), false)).isEqualTo(Enqueued.ADDED);
        assertThat(queue().enqueue(request(THREAD, "r-3"), false)).isEqualTo(Enqueued.BUSY);
        assertThat(listed()).containsExactly("r-2");
    }

    @Test
    void whatCannotBeReadIsHeldAndHoldsItsLine() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        take(1);

        giveBack(THREAD, "r-1", GiveBack.Reason.UNREADABLE);

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.HELD);
        assertThat(take(5)).isEmpty();
    }

    @Test
    void manyRequestsOfOneThreadAreOpenedInTheirOrder() {
        for (int i = 0; i < 20; i++) {
            enqueue(THREAD, "r-" + i);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(take(5)).containsExactly("r-" + i);
            write(open(THREAD, "r-" + i), Rows.release(ThreadStatus.IDLE, "r-" + i));
        }
        assertThat(listed()).isEmpty();
    }

    private static Write rests(ThreadStatus status, Instant wakeAt) {
        return new Write(null, List.of(), null, List.of(), new Head(status, "r-1", "input-r-1", wakeAt, 0), true);
    }
}
