package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RequestTakenException;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.index.RequestEnd;
import dev.clew.index.RequestRecord;
import dev.clew.index.RequestRecord.Kind;
import dev.clew.index.Requests;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadStatus;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When {@link Requests} are stored, end, and are removed. */
abstract class RequestCases extends QueueCases {
    RequestCases(CheckpointerContract contract) {
        super(contract);
    }

    private Requests requests() {
        return subject().requests();
    }

    private static RequestRecord record(String threadId, String id, String runId, Kind kind) {
        return new RequestRecord(
                threadId, id, runId, kind, Rows.bytes("digest"), Rows.bytes("content of " + id), Instant.EPOCH, null);
    }

    private static RequestRecord input(String threadId, String runId) {
        return record(threadId, runId, runId, Kind.INPUT);
    }

    /** Enqueues a run with its record. */
    private void enqueueRecorded(String threadId, String runId) {
        assertThat(queue().enqueue(request(threadId, runId), true, input(threadId, runId)))
                .isEqualTo(Enqueued.ADDED);
        clock().advance(Duration.ofNanos(1_000));
    }

    /** Opens {@link #RUN} with its record. */
    private Claim opened() {
        return claim(request(THREAD, "ann", 0), Rows.open(RUN).with(input(THREAD, RUN)));
    }

    private Claim again(Write first) {
        return claim(request(THREAD, "ann", thread(THREAD).epoch()), first);
    }

    private RequestRecord record(String threadId, String id) {
        return requests().find(threadId, id).orElseThrow();
    }

    private @Nullable RequestEnd end(String id) {
        return record(THREAD, id).end();
    }

    private @Nullable RunStatus status(String id) {
        RequestEnd end = end(id);
        return end == null ? null : end.status();
    }

    // --- storing ---

    @Test
    void aRequestIsStoredWithTheRunThatItEnqueues() {
        Instant now = clock().instant();
        enqueueRecorded("t", "r-1");

        RequestRecord stored = record("t", "r-1");

        assertThat(stored.content()).isEqualTo(Rows.bytes("content of r-1"));
        assertThat(stored.digest()).isEqualTo(Rows.bytes("digest"));
        assertThat(stored.kind()).isEqualTo(Kind.INPUT);
        assertThat(stored.runId()).isEqualTo("r-1");
        assertThat(stored.createdAt()).isEqualTo(now);
        assertThat(stored.end()).isNull();
        assertThat(requests().find("t", "r-2")).isEmpty();
        assertThat(requests().find("other", "r-1")).isEmpty();
    }

    @Test
    void nothingIsStoredOfARequestThatIsNotAdded() {
        claimed();
        enqueue("t", "r-1");

        assertThat(queue().enqueue(request("t", "r-1"), true, input("t", "r-1")))
                .isEqualTo(Enqueued.KNOWN);
        assertThat(queue().enqueue(request("t", "r-2"), false, input("t", "r-2")))
                .isEqualTo(Enqueued.BUSY);
        assertThat(queue().enqueue(request(THREAD, RUN), true, input(THREAD, RUN)))
                .isEqualTo(Enqueued.RAN);

        assertThat(requests().list("t", 0, 10)).isEmpty();
        assertThat(requests().list(THREAD, 0, 10)).isEmpty();
    }

    @Test
    void anIdThatIsRecordedIsKnown() {
        opened();
        answerRunning(record(THREAD, "a-1", RUN, Kind.ANSWER));

        assertThat(queue().enqueue(request(THREAD, "a-1"), true, input(THREAD, "a-1")))
                .isEqualTo(Enqueued.KNOWN);
        assertThat(queue().find(THREAD, "a-1")).isEmpty();
        assertThat(record(THREAD, "a-1").kind()).isEqualTo(Kind.ANSWER);
    }

    /** Answers the run that executes. */
    private void answerRunning(RequestRecord answer) {
        assertThat(subject()
                        .addAnswers(
                                THREAD,
                                thread(THREAD).epoch(),
                                List.of(new WaitingAnswer(RUN, "q of " + answer.requestId(), Rows.bytes("yes"))),
                                answer))
                .isTrue();
    }

    @Test
    void answersWithATakenIdAreRefusedAndNotStored() {
        Claim claim = opened();
        WaitingAnswer answer = new WaitingAnswer(RUN, "q", Rows.bytes("yes"));

        assertThatThrownBy(() -> subject()
                        .addAnswers(THREAD, claim.epoch(), List.of(answer), record(THREAD, RUN, RUN, Kind.ANSWER)))
                .isInstanceOf(RequestTakenException.class)
                .hasMessageContaining(RUN);
        assertThat(subject().answers(THREAD, RUN)).isEmpty();

        assertThat(subject().addAnswers(THREAD, claim.epoch() + 1, List.of(answer), input(THREAD, RUN)))
                .isFalse();
        assertThat(subject()
                        .addAnswers(THREAD, claim.epoch() + 1, List.of(answer), record(THREAD, "a", RUN, Kind.ANSWER)))
                .isFalse();
        assertThat(requests().find(THREAD, "a")).isEmpty();
    }

    @Test
    void noRequestIsStoredWithAnswersThatAreNot() {
        Claim claim = opened();
        answerRunning(record(THREAD, "a-1", RUN, Kind.ANSWER));
        WaitingAnswer same = new WaitingAnswer(RUN, "q of a-1", Rows.bytes("no"));

        assertThat(subject().addAnswers(THREAD, claim.epoch(), List.of(same), record(THREAD, "a-2", RUN, Kind.ANSWER)))
                .isFalse();
        assertThat(requests().find(THREAD, "a-2")).isEmpty();
    }

    @Test
    void aWriteWithATakenIdFailsAsAWhole() {
        Claim claim = opened();

        assertThat(failure(claim, Rows.log(RUN, 0, "entry").with(record(THREAD, RUN, RUN, Kind.PROCEED))))
                .isInstanceOf(RequestTakenException.class);
        assertThat(log(THREAD, RUN)).isEmpty();
        assertThat(record(THREAD, RUN).kind()).isEqualTo(Kind.INPUT);
    }

    @Test
    void aClaimWithATakenIdClaimsNothing() {
        write(opened(), Rows.release(ThreadStatus.FAILED, RUN));
        long epoch = thread(THREAD).epoch();
        ClaimRequest request = request(THREAD, "ann", epoch);
        Write first = Rows.status(ThreadStatus.RUNNING, RUN).with(record(THREAD, RUN, RUN, Kind.PROCEED));

        assertThatThrownBy(() -> subject().claim(request, first)).isInstanceOf(RequestTakenException.class);

        assertThat(thread(THREAD).epoch()).isEqualTo(epoch);
        assertThat(thread(THREAD).lease()).isNull();
    }

    @Test
    void aRequestForANewRunHasItsId() {
        assertThatThrownBy(() -> record("t", "r-1", "r-2", Kind.INPUT)).isInstanceOf(IllegalRequestException.class);
    }

    // --- ends ---

    @ParameterizedTest
    @EnumSource(
            value = ThreadStatus.class,
            names = {"INTERRUPTED", "IDLE", "FAILED", "CANCELLED", "BLOCKED", "STUCK"})
    void aRequestEndsWhenItsRunRests(ThreadStatus rest) {
        Claim claim = opened();
        write(claim, Rows.log(RUN, 0, "a", "b", "c"));
        assertThat(end(RUN)).isNull();
        clock().advance(Duration.ofSeconds(1));

        write(claim, Rows.release(rest, RUN));

        assertThat(end(RUN)).isEqualTo(new RequestEnd(clock().instant(), RunStatus.of(rest), "input-" + RUN, 3));
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadStatus.class,
            names = {"RUNNING", "SLEEPING", "ANSWERED"})
    void aRunThatContinuesByItselfEndsNone(ThreadStatus left) {
        write(opened(), Rows.release(left, RUN));

        assertThat(end(RUN)).isNull();
    }

    @Test
    void aPausedRunWithWaitingAnswersEndsNone() {
        Claim claim = opened();
        answerRunning(record(THREAD, "a-1", RUN, Kind.ANSWER));

        write(claim, Rows.release(ThreadStatus.INTERRUPTED, RUN));

        assertThat(end(RUN)).isNull();
        assertThat(end("a-1")).isNull();
    }

    @Test
    void whatIsOverEndsAlsoIfAnswersWait() {
        Claim claim = opened();
        answerRunning(record(THREAD, "a-1", RUN, Kind.ANSWER));

        write(claim, Rows.release(ThreadStatus.FAILED, RUN));

        assertThat(status(RUN)).isEqualTo(RunStatus.FAILED);
        assertThat(status("a-1")).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void severalRequestsShareARunOneAfterTheOther() {
        Claim claim = opened();
        write(claim, Rows.log(RUN, 0, "question"));
        write(claim, Rows.release(ThreadStatus.INTERRUPTED, RUN));
        clock().advance(Duration.ofSeconds(1));
        Write answer = new Write(
                RUN,
                Rows.log(RUN, 1, "answer").log(),
                null,
                List.of(),
                Rows.head(ThreadStatus.ANSWERED, RUN),
                true,
                List.of(),
                record(THREAD, "a-1", RUN, Kind.ANSWER));
        again(answer);
        assertThat(end("a-1")).isNull();
        Claim goesOn = again(Rows.status(ThreadStatus.RUNNING, RUN));
        write(goesOn, Rows.log(RUN, 2, "more"));
        write(goesOn, Rows.release(ThreadStatus.IDLE, RUN));

        RequestEnd first = end(RUN);
        RequestEnd second = end("a-1");

        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(first.status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(first.seq()).isEqualTo(1);
        assertThat(second.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(second.seq()).isEqualTo(3);
        assertThat(second.at()).isAfter(first.at());
        assertThat(requests().list(THREAD, 0, 10))
                .extracting(RequestRecord::requestId)
                .containsExactly("a-1", RUN);
    }

    /** In EXIT mode nothing of a run is stored before it rests. */
    @Test
    void aRunThatIsStoredWhenItRestsEndsItsRequest() {
        enqueueRecorded("t", "r-1");
        take(1);
        Claim claim = tryToClaimUnstored("t", "r-1");
        assertThat(record("t", "r-1").end()).isNull();

        write(
                claim,
                new Write(
                        "r-1",
                        Rows.log("r-1", 0, "a", "b").log(),
                        Rows.run("r-1").completed("input-r-1"),
                        List.of(Rows.input("r-1")),
                        Rows.head(ThreadStatus.IDLE, "r-1"),
                        true));

        RequestEnd end = record("t", "r-1").end();
        assertThat(end).isNotNull();
        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.seq()).isEqualTo(2);
    }

    private Claim tryToClaimUnstored(String threadId, String runId) {
        Write blank = Rows.head(new Head(ThreadStatus.IDLE, null, "", null, 0));
        return subject()
                .claim(new ClaimRequest(threadId, FLOW, "ann", 0, LEASE, false, runId), blank)
                .orElseThrow();
    }

    @Test
    void aNewerRunEndsTheRequestsOfTheOneThatItReplaces() {
        Claim claim = opened();
        write(claim, Rows.log(RUN, 0, "a"));
        write(claim, Rows.release(ThreadStatus.SLEEPING, RUN));

        Claim next = again(Rows.open("run-2").with(input(THREAD, "run-2")));

        assertThat(end(RUN)).isEqualTo(new RequestEnd(clock().instant(), RunStatus.CANCELLED, "input-run-2", 1));
        assertThat(end("run-2")).isNull();
        write(next, Rows.release(ThreadStatus.IDLE, "run-2"));
        assertThat(status(RUN)).isEqualTo(RunStatus.CANCELLED);
        assertThat(status("run-2")).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aRequestThatWaitsDoesNotEndWithTheRunBeforeIt() {
        Claim claim = opened();
        enqueueRecorded(THREAD, "run-2");

        write(claim, Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(end("run-2")).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestState.class,
            names = {"REFUSED", "CANCELLED"})
    void aRequestThatIsNotOpenedEndsWithItsPlaceInLine(RequestState over) {
        enqueueRecorded(THREAD, "r-1");
        enqueueRecorded(THREAD, "r-2");

        assertThat(queue().end(THREAD, "r-2", over, null)).isTrue();

        RunStatus status = over == RequestState.REFUSED ? RunStatus.REFUSED : RunStatus.CANCELLED;
        assertThat(end("r-2")).isEqualTo(new RequestEnd(clock().instant(), status, null, 0));
        assertThat(end("r-1")).isNull();
    }

    @Test
    void anEndedRequestIsNotEndedAgain() {
        Claim claim = opened();
        write(claim, Rows.release(ThreadStatus.INTERRUPTED, RUN));
        RequestEnd first = end(RUN);
        clock().advance(Duration.ofSeconds(1));

        write(again(Rows.status(ThreadStatus.RUNNING, RUN)), Rows.release(ThreadStatus.IDLE, RUN));

        assertThat(end(RUN)).isEqualTo(first);
    }

    @Test
    void theOwnersDeathEndsNone() {
        enqueueRecorded(THREAD, "r-1");
        take(1);
        open(THREAD, "r-1");
        clock().advance(LEASE);
        tend();

        assertThat(end("r-1")).isNull();
        // What lost its owner is not taken again at once.
        clock().advance(Duration.ofMinutes(2));
        tend();
        assertThat(take(1)).containsExactly("r-1");
        write(goOn(THREAD, "r-1"), Rows.release(ThreadStatus.IDLE, "r-1"));
        assertThat(status("r-1")).isEqualTo(RunStatus.COMPLETED);
    }

    // --- removal ---

    @Test
    void requestsAreRemovedWithTheirRun() {
        write(opened(), Rows.release(ThreadStatus.IDLE, RUN));
        RunRecord second = Rows.numbered(Rows.run("run-2"), 2);
        Write open = new Write(
                null, List.of(), second, List.of(Rows.input("run-2")), Rows.head(ThreadStatus.RUNNING, "run-2"), false);
        write(again(open.with(input(THREAD, "run-2"))), Rows.release(ThreadStatus.IDLE, "run-2"));

        subject().delete(Deletion.runs(THREAD, thread(THREAD).epoch(), Set.of(RUN)));

        assertThat(requests().list(THREAD, 0, 10))
                .extracting(RequestRecord::requestId)
                .containsExactly("run-2");
        assertThat(requests().find(RUN)).isEmpty();
    }

    @Test
    void aThreadsDeletionRemovesItsRequestsWhetherItRanOrNot() {
        enqueueRecorded("never ran", "r-1");
        write(opened(), Rows.release(ThreadStatus.IDLE, RUN));
        enqueueRecorded(THREAD, "r-2");

        subject().delete(Deletion.thread("never ran", 0));
        subject().delete(Deletion.thread(THREAD, thread(THREAD).epoch()));

        assertThat(requests().list("never ran", 0, 10)).isEmpty();
        assertThat(requests().list(THREAD, 0, 10)).isEmpty();
        assertThat(requests().find("r-1")).isEmpty();
    }

    @Test
    void whatWasNeverOpenedIsRemovedWithItsPlaceInLine() {
        enqueueRecorded(THREAD, "r-1");
        queue().end(THREAD, "r-1", RequestState.CANCELLED, null);
        clock().advance(RunQueue.KEPT.minusSeconds(1));
        tend();
        assertThat(requests().find(THREAD, "r-1")).isPresent();

        clock().advance(Duration.ofSeconds(1));
        tend();

        assertThat(queue().find(THREAD, "r-1")).isEmpty();
        assertThat(requests().find(THREAD, "r-1")).isEmpty();
    }

    @Test
    void aRequestThatRanIsKeptWhenTheLineForgetsIt() {
        enqueueRecorded(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.IDLE, "r-1"));

        assertThat(queue().find(THREAD, "r-1")).isEmpty();
        assertThat(status("r-1")).isEqualTo(RunStatus.COMPLETED);
        clock().advance(RunQueue.KEPT.multipliedBy(2));
        tend();
        assertThat(requests().find(THREAD, "r-1")).isPresent();
    }

    // --- finding ---

    @Test
    void aRequestIsFoundByItsIdAlone() {
        enqueueRecorded("a", "same");
        enqueueRecorded("b", "same");
        enqueueRecorded("b", "other");

        assertThat(requests().find("same")).map(RequestRecord::threadId).contains("b");
        assertThat(requests().find("other")).map(RequestRecord::threadId).contains("b");
        assertThat(requests().find("none")).isEmpty();
    }

    @Test
    void requestsAreListedTheNewestFirst() {
        for (String id : List.of("r-2", "r-3", "r-1")) {
            enqueueRecorded("t", id);
        }
        enqueueRecorded("other", "r-4");

        assertThat(requests().list("t", 0, 10))
                .extracting(RequestRecord::requestId)
                .containsExactly("r-1", "r-3", "r-2");
        assertThat(requests().list("t", 1, 1))
                .extracting(RequestRecord::requestId)
                .containsExactly("r-3");
        assertThat(requests().list("t", 3, 1)).isEmpty();
    }

    // --- erasing ---

    @Test
    void whatARequestSaidIsErasedOnceItEnded() {
        Claim claim = opened();

        assertThat(requests().erase(THREAD, RUN)).isFalse();
        assertThat(requests().erase(THREAD, "none")).isFalse();
        assertThat(record(THREAD, RUN).isErased()).isFalse();

        write(claim, Rows.release(ThreadStatus.IDLE, RUN));
        RequestEnd ended = end(RUN);

        assertThat(requests().erase(THREAD, RUN)).isTrue();
        assertThat(record(THREAD, RUN).isErased()).isTrue();
        assertThat(record(THREAD, RUN).content()).isEmpty();
        assertThat(end(RUN)).isEqualTo(ended);
        assertThat(requests().list(THREAD, 0, 10))
                .extracting(RequestRecord::requestId)
                .containsExactly(RUN);
    }

    // --- what is held ---

    private void enqueueHeld() {
        enqueueRecorded(THREAD, RUN);
        assertThat(take(1)).containsExactly(RUN);
        giveBack(THREAD, RUN, GiveBack.Reason.UNREADABLE);
        assertThat(state(THREAD, RUN)).isEqualTo(RequestState.HELD);
    }

    @Test
    void whatLetsAHeldRequestBeTakenAgainIsStoredWithThatAndEndsWithItsRun() {
        enqueueHeld();

        assertThat(queue().retry(THREAD, RUN, record(THREAD, "p-1", RUN, Kind.PROCEED)))
                .isTrue();

        assertThat(record(THREAD, "p-1").kind()).isEqualTo(Kind.PROCEED);
        assertThat(end("p-1")).isNull();
        assertThat(take(1)).containsExactly(RUN);
        write(open(THREAD, RUN), Rows.release(ThreadStatus.IDLE, RUN));
        assertThat(end("p-1")).isNotNull().isEqualTo(end(RUN));
    }

    @Test
    void nothingIsStoredOfWhatIsNotHeld() {
        enqueueRecorded(THREAD, RUN);

        assertThat(queue().retry(THREAD, RUN, record(THREAD, "p-1", RUN, Kind.PROCEED)))
                .isFalse();

        assertThat(requests().find(THREAD, "p-1")).isEmpty();
    }

    @Test
    void aHeldRequestStaysSoIfTheIdOfWhatAsksForMoreIsTaken() {
        enqueueHeld();

        assertThatThrownBy(() -> queue().retry(THREAD, RUN, record(THREAD, RUN, RUN, Kind.PROCEED)))
                .isInstanceOf(RequestTakenException.class);

        assertThat(state(THREAD, RUN)).isEqualTo(RequestState.HELD);
        assertThat(record(THREAD, RUN).kind()).isEqualTo(Kind.INPUT);
    }
}
