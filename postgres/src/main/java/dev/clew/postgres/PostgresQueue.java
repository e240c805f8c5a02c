package dev.clew.postgres;

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
import dev.clew.queue.WorkerRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests in a schema. Other processes are not told of what becomes ready: their workers look each second. */
final class PostgresQueue implements RunQueue {
    private final Pool pool;
    private final StoreTime time;
    private final ReadyHints hints = new ReadyHints();

    PostgresQueue(Pool pool, StoreTime time) {
        this.pool = pool;
        this.time = time;
    }

    static void requireFits(QueuedRun request) {
        Texts.requireFits("thread id", request.threadId(), Texts.LONGEST_THREAD_ID);
        Texts.requireFits("run id", request.requestId(), Texts.LONGEST_NAME);
        Texts.requireFits("queue's name", request.queue(), Texts.LONGEST_NAME);
    }

    @Override
    public Enqueued enqueue(QueuedRun request, boolean mayWait, @Nullable RequestRecord record) {
        requireFits(request);
        boolean added =
                pool.call("enqueuing a run", session -> EnqueueStatement.addToEmptyLine(session, request, time));
        Enqueued enqueued = added
                ? Enqueued.ADDED
                : change("enqueuing a run", session -> QueueLines.enqueue(session, request, mayWait, time));
        hints.publish(Set.of(request.queue()));
        return enqueued;
    }

    @Override
    public List<RequestRow> take(TakeRequest request) {
        return pool.call("taking requests", session -> Taking.take(session, request, time));
    }

    @Override
    public void giveBack(GiveBack back) {
        boolean unused = change("giving a request back", session -> {
            QueueLines.giveBack(session, back, time);
            return true;
        });
        hints.publishAll();
    }

    @Override
    public boolean end(String threadId, String requestId, RequestState state, byte @Nullable [] detail) {
        boolean ended = change(
                "ending a request", session -> QueueLines.end(session, threadId, requestId, state, detail, time));
        hints.publishAll();
        return ended;
    }

    @Override
    public boolean remove(String threadId, String requestId) {
        return change("removing a request", session -> QueueLines.remove(session, threadId, requestId, time));
    }

    @Override
    public Optional<RequestRow> find(String threadId, String requestId) {
        return pool.call("reading a request", session -> RequestRows.find(session, threadId, requestId));
    }

    @Override
    public List<RequestRow> list(QueueQuery query) {
        return pool.call("listing requests", session -> RequestRows.list(session, query));
    }

    @Override
    public QueueState state(String queue) {
        return pool.call("reading a queue", session -> QueueRows.state(session, queue));
    }

    @Override
    public void configure(String queue, QueueSettings settings) {
        boolean unused = pool.call("configuring a queue", session -> {
            QueueRows.configure(session, queue, settings);
            return true;
        });
        hints.publish(Set.of(queue));
    }

    @Override
    public int tend(WorkerRecord worker) {
        List<String> due = pool.call("tending a queue", session -> {
            Instant now = time.read(session);
            QueueRows.register(session, worker, now);
            return QueueRows.due(session, time);
        });
        for (String threadId : due) {
            boolean unused = change("tending a queue", session -> {
                QueueLines.tend(session, threadId, time);
                return true;
            });
        }
        return pool.call("tending a queue", session -> QueueRows.ready(session, worker.queue()));
    }

    @Override
    public void leave(String owner, String queue) {
        boolean unused = pool.call("leaving a queue", session -> {
            QueueRows.leave(session, owner, queue);
            return true;
        });
    }

    @Override
    public AutoCloseable onReady(String queue, Runnable hint) {
        return hints.add(queue, hint);
    }

    /** A thread was released here: requests of any queue may have become ready. */
    void publishReady() {
        hints.publishAll();
    }

    private <T> T change(String what, Session.Work<T> work) {
        return pool.call(what, session -> session.transaction(work));
    }
}
