package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.sqlite.Request.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WriteQueueTest {
    private static final Claim CLAIM = new Claim("t", "owner", 1);
    private static final Kind UNAWAITED = Kind.writeOf(CLAIM, false, 1, 1);

    private final WriteQueue queue = new WriteQueue();

    @Test
    void orderOfTheCallsIsKept() {
        List<Request<?>> requests = put(10, 1);

        assertThat(queue.take()).isEqualTo(requests);
    }

    @Test
    void urgentRequestsOvertake() {
        List<Request<?>> ordinary = put(3, 1);
        Request<?> urgent = request(Kind.overtaking(1));
        queue.put(urgent, true);

        List<Request<?>> group = queue.take();

        assertThat(group.get(0)).isSameAs(urgent);
        assertThat(group.subList(1, 4)).isEqualTo(ordinary);
    }

    @Test
    void groupIsBoundedByCountAndByBytes() {
        put(3_000, 1);
        assertThat(queue.take()).hasSize(1_024);
        while (queue.take().size() == 1_024) {
            assertThat(queue).isNotNull();
        }

        put(10, 1 << 20);
        assertThat(queue.take()).hasSize(4);
    }

    @Test
    void fullQueueHoldsTheCallerUntilThereIsRoom() throws Exception {
        put(4_096, 1);

        CompletableFuture<Boolean> late = putLate();
        assertWaits(late);
        queue.take();

        assertThat(late.join()).isTrue();
    }

    @Test
    void bytesFillTheQueueToo() throws Exception {
        put(16, 1 << 20);

        CompletableFuture<Boolean> late = putLate();
        assertWaits(late);
        queue.take();

        assertThat(late.join()).isTrue();
    }

    @Test
    void urgentRequestsAndTheWriterItselfNeverWait() {
        put(4_096, 1);

        assertThat(queue.put(request(Kind.overtaking(1)), true)).isTrue();
        assertThat(queue.put(request(Kind.durable(1)), false)).isTrue();
    }

    @Test
    void closedQueueLetsNothingInAndGivesOutTheRest() {
        put(2, 1);

        queue.close();

        assertThat(queue.put(request(Kind.durable(1)), true)).isFalse();
        assertThat(queue.take()).hasSize(2);
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void closingFreesThoseWhoWaitForRoom() throws Exception {
        put(4_096, 1);
        CompletableFuture<Boolean> late = putLate();
        assertWaits(late);

        queue.close();

        assertThat(late.join()).isFalse();
    }

    @Test
    void requestsThatNoCallerWaitsForShareTheGroupOfTheNextOneThatACallerWaitsFor() throws Exception {
        WriteQueue patient = new WriteQueue(Duration.ofHours(1));
        CompletableFuture<List<Request<?>>> taken = takeLate(patient);
        Request<?> note = request(UNAWAITED);
        patient.put(note, true);
        assertWaits(taken, "taker", Thread.State.TIMED_WAITING);

        Request<?> outcome = request(Kind.writeOf(CLAIM, true, 1, 1));
        patient.put(outcome, true);

        assertThat(taken.join()).containsExactly(note, outcome);
    }

    @Test
    void requestsThatNoCallerWaitsForAreTakenOnceTheyFillAGroupOrTheQueueIsClosed() throws Exception {
        WriteQueue patient = new WriteQueue(Duration.ofHours(1));
        for (int i = 0; i < 1_025; i++) {
            patient.put(request(UNAWAITED), true);
        }
        assertThat(patient.take()).hasSize(1_024);

        CompletableFuture<List<Request<?>>> last = takeLate(patient);
        assertWaits(last, "taker", Thread.State.TIMED_WAITING);
        patient.close();

        assertThat(last.join()).hasSize(1);
    }

    @Test
    void requestsThatNoCallerWaitsForAreTakenAfterAMoment() {
        queue.put(request(UNAWAITED), true);

        assertThat(queue.take()).hasSize(1);
    }

    private static CompletableFuture<List<Request<?>>> takeLate(WriteQueue from) {
        return CompletableFuture.supplyAsync(from::take, task -> new Thread(task, "taker").start());
    }

    private List<Request<?>> put(int count, long bytes) {
        List<Request<?>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Request<?> request = request(Kind.durable(bytes));
            requests.add(request);
            assertThat(queue.put(request, true)).isTrue();
        }
        return requests;
    }

    private CompletableFuture<Boolean> putLate() {
        return CompletableFuture.supplyAsync(
                () -> queue.put(request(Kind.durable(1)), true), task -> new Thread(task, "late").start());
    }

    /** The thread that puts is parked in the queue, and stays there. */
    private static void assertWaits(CompletableFuture<Boolean> late) throws InterruptedException {
        assertWaits(late, "late", Thread.State.WAITING);
    }

    private static void assertWaits(CompletableFuture<?> late, String name, Thread.State state)
            throws InterruptedException {
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        while (thread.getState() != state) {
            assertThat(late).isNotDone();
            Thread.onSpinWait();
        }
        assertThat(late).isNotDone();
    }

    private static Request<Boolean> request(Kind kind) {
        return new Request<>(kind, session -> true);
    }
}
