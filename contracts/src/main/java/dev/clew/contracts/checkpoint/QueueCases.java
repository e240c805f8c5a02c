package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Write;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WorkerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the groups of cases of a {@link RunQueue} share. */
abstract class QueueCases extends ContractCases {
    static final String QUEUE = "essays";
    static final Write NOTHING = new Write(null, List.of(), null, List.of(), null, false);
    static final Duration RESERVATION = Duration.ofSeconds(10);

    QueueCases(CheckpointerContract contract) {
        super(contract);
    }

    final RunQueue queue() {
        return subject().queue();
    }

    static QueuedRun request(String threadId, String requestId) {
        return request(threadId, requestId, 0, null, Duration.ZERO);
    }

    static QueuedRun request(String threadId, String requestId, int priority, @Nullable String key, Duration delay) {
        return new QueuedRun(
                threadId,
                requestId,
                QUEUE,
                FLOW,
                priority,
                key,
                false,
                delay,
                Rows.bytes("config"),
                Rows.bytes("input of " + requestId));
    }

    final void enqueue(QueuedRun request) {
        assertThat(queue().enqueue(request, true)).isEqualTo(Enqueued.ADDED);
        clock().advance(Duration.ofNanos(1));
    }

    final void enqueue(String threadId, String requestId) {
        enqueue(request(threadId, requestId));
    }

    /** Takes up to so many, as "ann". */
    final List<String> take(int most) {
        return take("ann", most);
    }

    final List<String> take(String owner, int most) {
        return queue().take(new TakeRequest(owner, QUEUE, Set.of(FLOW), most, RESERVATION)).stream()
                .map(row -> row.request().requestId())
                .toList();
    }

    final Optional<Claim> tryToOpen(String threadId, String requestId, String owner) {
        return tryToClaim(threadId, requestId, owner, Rows.open(requestId));
    }

    /** Goes on with a run that was opened before. */
    final Optional<Claim> tryToGoOn(String threadId, String requestId, String owner) {
        return tryToClaim(threadId, requestId, owner, NOTHING);
    }

    private Optional<Claim> tryToClaim(String threadId, String requestId, String owner, Write first) {
        long epoch = subject().thread(threadId).map(thread -> thread.epoch()).orElse(0L);
        return subject().claim(new ClaimRequest(threadId, FLOW, owner, epoch, LEASE, false, requestId), first);
    }

    /** Opens a request that "ann" took. */
    final Claim open(String threadId, String requestId) {
        return tryToOpen(threadId, requestId, "ann").orElseThrow();
    }

    /** Goes on with a run that was opened before, and that "ann" took again. */
    final Claim goOn(String threadId, String requestId) {
        return tryToGoOn(threadId, requestId, "ann").orElseThrow();
    }

    final RequestState state(String threadId, String requestId) {
        return row(threadId, requestId).state();
    }

    final RequestRow row(String threadId, String requestId) {
        return queue().find(threadId, requestId).orElseThrow();
    }

    final int tend() {
        return queue().tend(new WorkerRecord("ann", QUEUE, Set.of(FLOW), 4, clock().instant()));
    }

    final void giveBack(String threadId, String requestId, GiveBack.Reason reason) {
        queue().giveBack(new GiveBack(threadId, requestId, "ann", reason, null));
    }

    final List<String> listed(RequestState... states) {
        return queue().list(QueueQuery.all().state(states)).stream()
                .map(row -> row.request().requestId())
                .toList();
    }
}
