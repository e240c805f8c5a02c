package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.Write;
import dev.clew.queue.Enqueued;
import dev.clew.queue.RequestState;
import dev.clew.queue.WhenOccupied;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that cancel what their thread does, or take it back. */
abstract class InterruptingCases extends QueueCases {
    InterruptingCases(CheckpointerContract contract) {
        super(contract);
    }

    private void enqueue(String requestId, WhenOccupied occupied) {
        assertThat(queue().enqueue(request(THREAD, requestId), occupied)).isEqualTo(Enqueued.ADDED);
        clock().advance(Duration.ofNanos(1));
    }

    @Test
    void itCancelsWhatWaitsAndTheRunThatExecutes() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");
        enqueue(request(THREAD, "later", 0, null, Duration.ofMinutes(1)));
        take(1);
        Claim claim = open(THREAD, "r-1");

        enqueue("r-3", WhenOccupied.INTERRUPT);

        assertThat(state(THREAD, "r-2")).isEqualTo(RequestState.CANCELLED);
        assertThat(state(THREAD, "later")).isEqualTo(RequestState.DELAYED);
        assertThat(renew(claim, LEASE)).isEqualTo(LeaseState.CANCEL_REQUESTED);
        assertThat(take(5)).isEmpty();
        write(claim, Rows.release(ThreadStatus.CANCELLED, "r-1"));
        assertThat(take(5)).containsExactly("r-3");
        assertThat(row(THREAD, "r-3").rollsBack()).isNull();
    }

    @Test
    void itCancelsWhatIsReservedSoThatItIsNotOpened() {
        enqueue(THREAD, "r-1");
        take(1);

        enqueue("r-2", WhenOccupied.INTERRUPT);

        assertThat(tryToOpen(THREAD, "r-1", "ann")).isEmpty();
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void itCancelsARunThatNoRequestHas() {
        Claim direct = claimed();

        enqueue("r-1", WhenOccupied.INTERRUPT);

        assertThat(renew(direct, LEASE)).isEqualTo(LeaseState.CANCEL_REQUESTED);
        assertThat(take(5)).isEmpty();
        write(direct, Rows.release(ThreadStatus.CANCELLED, RUN));
        assertThat(take(5)).containsExactly("r-1");
    }

    @Test
    void aRunThatWaitsForAnAnswerIsAskedToEndAndTheNextOneIsReady() {
        enqueue(THREAD, "r-1");
        take(1);
        write(open(THREAD, "r-1"), Rows.release(ThreadStatus.INTERRUPTED, "r-1"));

        enqueue("r-2", WhenOccupied.INTERRUPT);

        assertThat(thread(THREAD).cancelRequested()).isTrue();
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void onAFreeThreadItIsAsAnyOther() {
        parked(THREAD, ThreadStatus.IDLE);

        enqueue("r-1", WhenOccupied.ROLLBACK);

        assertThat(thread(THREAD).cancelRequested()).isFalse();
        assertThat(row(THREAD, "r-1").rollsBack()).isNull();
        assertThat(take(5)).containsExactly("r-1");
    }

    @Test
    void ofTwoTheLaterOneCancelsTheOther() {
        Claim direct = claimed();
        enqueue("r-1", WhenOccupied.INTERRUPT);

        enqueue("r-2", WhenOccupied.ROLLBACK);

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.CANCELLED);
        assertThat(row(THREAD, "r-2").rollsBack()).isEqualTo(RUN);
        write(direct, Rows.release(ThreadStatus.CANCELLED, RUN));
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void aKnownIdCancelsNothing() {
        enqueue(THREAD, "r-1");
        enqueue(THREAD, "r-2");

        assertThat(queue().enqueue(request(THREAD, "r-2"), WhenOccupied.INTERRUPT))
                .isEqualTo(Enqueued.KNOWN);

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.READY);
    }

    @Test
    void aCancelledRunWhoseOwnerVanishedIsNotOpenedAnew() {
        enqueue(THREAD, "r-1");
        take(1);
        claim(
                new ClaimRequest(THREAD, FLOW, "ann", 0, LEASE, false, "r-1"),
                new Write(
                        null,
                        List.of(),
                        null,
                        List.of(),
                        new dev.clew.checkpoint.Head(ThreadStatus.IDLE, null, "", null, 0),
                        false));
        enqueue("r-2", WhenOccupied.INTERRUPT);
        clock().advance(LEASE);

        tend();

        assertThat(state(THREAD, "r-1")).isEqualTo(RequestState.CANCELLED);
        assertThat(take(5)).containsExactly("r-2");
    }

    @Test
    void whatWaitsBehindADirectRunThatIsCancelledIsReadyWhenItsOwnerVanished() {
        claimed();
        enqueue("r-1", WhenOccupied.INTERRUPT);
        clock().advance(LEASE);

        tend();

        assertThat(take(5)).containsExactly("r-1");
    }

    @Test
    void aClaimRemovesWhatACancelledRunHasButForItsRow() {
        parked(THREAD, ThreadStatus.IDLE, "r-0");
        Claim running = claim(THREAD, "ann", "r-1");
        write(running, Rows.log("r-1", 0, "a", "b"));
        enqueue("r-2", WhenOccupied.ROLLBACK);
        write(running, Rows.release(ThreadStatus.CANCELLED, "r-1"));
        take(1);
        RunRecord row = subject().run(THREAD, "r-1").orElseThrow();
        RunRecord rolledBack = row.with(ThreadStatus.CANCELLED, Rows.bytes("rolled back"));

        claim(
                new ClaimRequest(
                        THREAD, FLOW, "ann", thread(THREAD).epoch(), LEASE, false, "r-2", null, null, rolledBack),
                Rows.open("r-2"));

        assertThat(log(THREAD, "r-1")).isEmpty();
        assertThat(subject().run(THREAD, "r-1").orElseThrow().status()).isEqualTo(ThreadStatus.CANCELLED);
        assertThat(subject().run(THREAD, "r-1").orElseThrow().detail()).isEqualTo(Rows.bytes("rolled back"));
        assertThat(subject().checkpoints(CheckpointQuery.of(THREAD)))
                .extracting(checkpoint -> checkpoint.runId())
                .containsExactly("r-2", "r-0");
        assertThat(queue().enqueue(request(THREAD, "r-1"), true)).isEqualTo(Enqueued.RAN);
    }
}
