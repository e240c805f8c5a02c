package dev.clew.postgres;

import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The requests in a schema. */
final class PostgresQueue implements RunQueue {
    /** How often it is looked whether lines wait for an owner that is gone; that takes the time of a lease already. */
    private static final long WALK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Pool pool;
    private final StoreTime time;
    private final QueueHints hints;
    private final ReadyFrom readyFrom = new ReadyFrom();
    private final SlowTakes slowTakes;
    private final AtomicLong walked = new AtomicLong(System.nanoTime() - WALK_NANOS);

    PostgresQueue(Pool pool, StoreTime time, QueueHints hints) {
        this.pool = pool;
        this.time = time;
        this.hints = hints;
        this.slowTakes = new SlowTakes(
                () -> pool.call("looking for old snapshots", session -> OldSnapshots.read(session, OldSnapshots.OLD)));
    }

    /** Refuses what no key could have. */
    static void requireFits(QueuedRun request) {
        Texts.requireFits("thread id", request.threadId(), Texts.LONGEST_THREAD_ID);
        Texts.requireFits("run id", request.requestId(), Texts.LONGEST_NAME);
        Texts.requireFits("queue's name", request.queue(), Texts.LONGEST_NAME);
    }

    @Override
    public Enqueued enqueue(QueuedRun request, WhenOccupied occupied, @Nullable RequestRecord record) {
        requireFits(request);
        if (record != null) {
            Texts.requireFits("request id", record.requestId(), Texts.LONGEST_NAME);
        }
        Enqueued enqueued =
                change("enqueuing a run", session -> QueueLines.enqueue(session, request, occupied, record, time));
        hints.publish(Set.of(request.queue()));
        return enqueued;
    }

    @Override
    public boolean addToFreeThread(QueuedRun request) {
        requireFits(request);
        boolean added =
                pool.call("enqueuing a run", session -> EnqueueStatement.addToEmptyLine(session, request, time));
        if (added) {
            hints.publish(Set.of(request.queue()));
        }
        return added;
    }

    @Override
    public List<RequestRow> take(TakeRequest request) {
        ReadyFrom.Place from =
                time.stepped() == null ? readyFrom.of(request.queue(), System.nanoTime()) : ReadyFrom.Place.BEGINNING;
        boolean[] slow = {false};
        List<RequestRow> taken = pool.call("taking requests", session -> {
            long begun = System.nanoTime();
            List<RequestRow> found = Taking.take(session, request, from, time);
            slow[0] = readyFrom.took(request.queue(), from, found, begun, System.nanoTime() - begun);
            return found;
        });
        if (slow[0]) {
            slowTakes.warn(request.queue());
        }
        return taken;
    }

    @Override
    public void giveBack(GiveBack back) {
        hints.publish(change("giving a request back", session -> QueueLines.giveBack(session, back, time)));
    }

    @Override
    public boolean retry(String threadId, String requestId, @Nullable RequestRecord record) {
        if (record != null) {
            Texts.requireFits("request id", record.requestId(), Texts.LONGEST_NAME);
        }
        Optional<Set<String>> ready =
                change("retrying a request", session -> QueueLines.retry(session, threadId, requestId, record, time));
        ready.ifPresent(hints::publish);
        return ready.isPresent();
    }

    @Override
    public Set<String> owners(String queue) {
        return pool.call("reading a queue", session -> QueueRows.owners(session, queue));
    }

    @Override
    public boolean end(String threadId, String requestId, RequestState state, byte @Nullable [] detail) {
        Optional<Set<String>> ready = change(
                "ending a request", session -> QueueLines.end(session, threadId, requestId, state, detail, time));
        ready.ifPresent(hints::publish);
        return ready.isPresent();
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
        boolean unused = pool.call("tending a queue", session -> {
            QueueRows.register(session, worker, time.read(session));
            WriterRow.deleteOld(session, time);
            return true;
        });
        hints.publish(moveDue());
        return pool.call("tending a queue", session -> QueueRows.ready(session, worker.queue()));
    }

    /** Lets what was committed elsewhere, such as by an outbox, join its lines at once, and the workers of a queue look. */
    void wake(String queue) {
        Set<String> ready = new HashSet<>(moveDue());
        ready.add(queue);
        hints.publish(ready);
    }

    /** Gives the queues that have more READY requests now. */
    private Set<String> moveDue() {
        Set<String> ready = new HashSet<>();
        boolean walks = isTimeToWalk();
        for (String threadId : pool.call("tending a queue", session -> QueueRows.due(session, time, walks))) {
            ready.addAll(pool.call("tending a queue", session -> tendUnlessLocked(session, threadId)));
        }
        return ready;
    }

    /** A line that somebody else has locked is left for the next time, since the others are due as well. */
    private Set<String> tendUnlessLocked(Session session, String threadId) throws SQLException {
        try {
            return session.transaction(on -> QueueLines.tend(on, threadId, time));
        } catch (SQLException failed) {
            if (PostgresFailures.isLockTimeout(failed)) {
                return Set.of();
            }
            throw failed;
        }
    }

    /** Now and then only: it costs a look at each thread that has a line. With a clock that is stepped, each time. */
    private boolean isTimeToWalk() {
        long now = System.nanoTime();
        long last = walked.get();
        return time.stepped() != null || now - last >= WALK_NANOS && walked.compareAndSet(last, now);
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

    /** A thread was released here, and requests of some queues became ready. */
    void publishReady() {
        hints.publishHere();
    }

    /** A schedule fired here into this queue: its workers may be in other processes. */
    void publishReady(String queue) {
        hints.publish(Set.of(queue));
    }

    private <T> T change(String what, Session.Work<T> work) {
        return pool.call(what, session -> session.transaction(work));
    }
}
