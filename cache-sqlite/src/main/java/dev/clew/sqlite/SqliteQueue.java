package dev.clew.sqlite;

import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.ReadyHints;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import dev.clew.sqlite.Request.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests in a file. Requests that become ready are published in this process alone: workers of other ones look each second. */
final class SqliteQueue implements RunQueue {
    private final Writer writer;
    private final Readers readers;
    private final Clock clock;
    private final ReadyHints hints = new ReadyHints();

    SqliteQueue(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public Enqueued enqueue(QueuedRun request, WhenOccupied occupied, @Nullable RequestRecord record) {
        byte[] input = request.input();
        long bytes = (long) request.config().length + (input == null ? 0 : input.length) + RecordRows.bytes(record);
        Enqueued enqueued =
                change(bytes, session -> QueueChanges.enqueue(session, request, occupied, record, clock.instant()));
        hints.publish(Set.of(request.queue()));
        return enqueued;
    }

    @Override
    public List<RequestRow> take(TakeRequest request) {
        // A worker asks often, and mostly there is nothing: that must not cost a transaction.
        boolean any = readers.read(
                "looking for requests",
                session -> session.first(
                                "SELECT 1 FROM request WHERE queue = ? AND state = 'READY'",
                                row -> true,
                                request.queue())
                        .orElse(false));
        // The disk is not waited for: if the power fails, the owner is gone, and what it took is READY at once.
        return any
                ? writer.call(new Request<>(
                        Kind.undurable(2, 0), session -> QueueChanges.take(session, request, clock.instant())))
                : List.of();
    }

    @Override
    public void giveBack(GiveBack back) {
        change(0, session -> {
            QueueChanges.giveBack(session, back, clock.instant());
            return null;
        });
        hints.publishAll();
    }

    @Override
    public boolean retry(String threadId, String requestId, @Nullable RequestRecord record) {
        boolean held = change(
                RecordRows.bytes(record),
                session -> QueueChanges.retry(session, threadId, requestId, record, clock.instant()));
        hints.publishAll();
        return held;
    }

    @Override
    public Set<String> owners(String queue) {
        return readers.read("reading a queue", session -> QueueRows.owners(session, queue));
    }

    @Override
    public boolean end(String threadId, String requestId, RequestState state, byte @Nullable [] detail) {
        boolean ended =
                change(0, session -> QueueChanges.end(session, threadId, requestId, state, detail, clock.instant()));
        hints.publishAll();
        return ended;
    }

    @Override
    public boolean remove(String threadId, String requestId) {
        return change(0, session -> QueueChanges.remove(session, threadId, requestId, clock.instant()));
    }

    @Override
    public Optional<RequestRow> find(String threadId, String requestId) {
        return readers.read("reading a request", session -> RequestRows.find(session, threadId, requestId));
    }

    @Override
    public List<RequestRow> list(QueueQuery query) {
        return readers.read("listing requests", session -> RequestRows.list(session, query));
    }

    @Override
    public QueueState state(String queue) {
        return readers.read("reading a queue", session -> QueueRows.state(session, queue));
    }

    @Override
    public void configure(String queue, QueueSettings settings) {
        change(0, session -> {
            QueueRows.configure(session, queue, settings);
            return null;
        });
        hints.publish(Set.of(queue));
    }

    @Override
    public int tend(WorkerRecord worker) {
        return change(0, session -> QueueChanges.tend(session, worker, clock.instant()));
    }

    @Override
    public void leave(String owner, String queue) {
        change(0, session -> {
            QueueRows.leave(session, owner, queue);
            return null;
        });
    }

    @Override
    public AutoCloseable onReady(String queue, Runnable hint) {
        return hints.add(queue, hint);
    }

    /** Notifies the workers of this process: a thread was released here, so requests of any queue may have become ready. */
    void publishReady() {
        hints.publishAll();
    }

    private <T> T change(long bytes, Request.Change<T> change) {
        return writer.call(new Request<>(Kind.durable(bytes), change));
    }
}
