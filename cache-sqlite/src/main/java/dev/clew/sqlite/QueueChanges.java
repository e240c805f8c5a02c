package dev.clew.sqlite;

import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.Write;
import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.Line;
import dev.clew.queue.Occupancy;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WorkerRecord;
import dev.clew.value.Spans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes of lines, inside the writer's transaction, so that nothing comes between a line and its thread. */
final class QueueChanges {
    private static final String THREAD = "SELECT status, run_id, owned_until FROM thread WHERE id = ?";

    private static final String RUN =
            "SELECT 1 FROM thread t JOIN run r ON r.thread = t.key AND r.id = ?2 WHERE t.id = ?1";

    private static final String RUNS = "SELECT r.id FROM thread t JOIN run r ON r.thread = t.key"
            + " WHERE t.id = ?1 AND r.id IN (SELECT id FROM request WHERE thread = ?1 AND opened UNION SELECT t.run_id)";

    private static final String NEXT = RequestRows.COLUMNS + """
             AS q WHERE q.queue = ?1 AND q.state = 'READY' AND (q.due_at IS NULL OR q.due_at <= ?2)
               AND (q.opened OR NOT ?3)
               AND (?4 = 0 OR q.concurrency_key IS NULL OR ?4 > (
                    SELECT count(*) FROM request o
                    WHERE o.queue = ?1 AND o.state = 'TAKEN' AND o.concurrency_key = q.concurrency_key))
               AND q.workflow IN""";

    private static final String TAKEN = "SELECT count(*) FROM request WHERE queue = ? AND state = 'TAKEN'";

    /** What waits may have been given back for a moment that has passed; nothing moves it. */
    private static final String DUE = "SELECT DISTINCT thread FROM request INDEXED BY request_due"
            + " WHERE due_at <= ? AND state <> 'READY' AND state <> 'WAITING' LIMIT 500";

    /** Threads that an owner has left: with a request's run, or with a run that is not stored while others wait. */
    private static final String LEFT = """
            SELECT t.id FROM thread t
            WHERE t.owner IS NOT NULL AND t.owned_until <= ? AND (
                EXISTS (SELECT 1 FROM request q WHERE q.thread = t.id AND q.opened AND q.state = 'TAKEN')
                OR EXISTS (SELECT 1 FROM request q WHERE q.thread = t.id AND q.state = 'WAITING' AND (
                        t.status IN ('IDLE', 'FAILED', 'CANCELLED')
                        OR q.abandons AND t.status IN ('INTERRUPTED', 'BLOCKED', 'STUCK')))
                    AND NOT EXISTS (SELECT 1 FROM request q
                        WHERE q.thread = t.id AND q.state = 'READY' AND NOT q.opened))
            LIMIT 500""";

    private static final String REGISTER = """
            INSERT INTO worker (owner, queue, workflows, slots, seen_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (owner, queue) DO UPDATE SET workflows = excluded.workflows, slots = excluded.slots,
                seen_at = excluded.seen_at""";

    private static final String FORGET = "DELETE FROM worker WHERE seen_at < ?";

    private static final String READY = "SELECT count(*) FROM request WHERE queue = ? AND state = 'READY'";

    private QueueChanges() {}

    private record LineThread(
            Occupancy occupancy, Line.Owned owned, @Nullable String runId) {
        static final LineThread NONE = new LineThread(Occupancy.FREE, Line.Owned.NOT, null);
    }

    static Enqueued enqueue(
            Session session, QueuedRun request, boolean mayWait, @Nullable RequestRecord record, Instant now)
            throws SQLException {
        String threadId = request.threadId();
        if (session.first(RUN, row -> row.getInt(1), threadId, request.requestId())
                .isPresent()) {
            return Enqueued.RAN;
        }
        Line line = RequestRows.line(
                session, threadId, thread(session, threadId, now).occupancy(), request.requestId(), now);
        boolean recorded = record != null && RecordRows.isKnown(session, record);
        if (recorded || line.find(request.requestId()).isPresent()) {
            return Enqueued.KNOWN;
        }
        if (!mayWait && line.isBusyFor(request)) {
            return Enqueued.BUSY;
        }
        line.add(request, now);
        RequestRows.save(session, threadId, line);
        RecordRows.add(session, record, now);
        return Enqueued.ADDED;
    }

    static List<RequestRow> take(Session session, TakeRequest request, Instant now) throws SQLException {
        QueueSettings limits = QueueRows.settings(session, request.queue());
        List<RequestRow> all = new ArrayList<>();
        int most = request.most();
        if (limits.globalConcurrency() > 0) {
            long taken =
                    session.first(TAKEN, row -> row.getLong(1), request.queue()).orElse(0L);
            most = (int) Math.min(most, limits.globalConcurrency() - taken);
        }
        while (all.size() < most) {
            Optional<RequestRow> next = next(session, request, limits, now);
            if (next.isEmpty()) {
                break;
            }
            String threadId = next.get().request().threadId();
            String id = next.get().request().requestId();
            Line line = Line.of(Occupancy.OCCUPIED, List.of(next.get()));
            line.take(id, request.owner(), Spans.after(now, request.reservation()));
            RequestRows.save(session, threadId, line);
            all.add(line.find(id).orElseThrow());
        }
        return all;
    }

    private static Optional<RequestRow> next(Session session, TakeRequest request, QueueSettings limits, Instant now)
            throws SQLException {
        return new Sql("")
                        .add(NEXT, request.queue(), Moments.stored(now), limits.paused(), limits.perKeyConcurrency())
                        .addList(request.workflows())
                        .add(" ORDER BY q.priority, q.enqueued_at, q.thread, q.id LIMIT 1")
                        .all(session, RequestRows::read)
                        .stream()
                        .findFirst();
    }

    static void giveBack(Session session, GiveBack back, Instant now) throws SQLException {
        Line line = line(session, back.threadId(), back.requestId(), now);
        line.giveBack(back, now);
        RequestRows.save(session, back.threadId(), line);
    }

    static boolean end(
            Session session,
            String threadId,
            String requestId,
            RequestState state,
            byte @Nullable [] detail,
            Instant now)
            throws SQLException {
        Line line = line(session, threadId, requestId, now);
        boolean ended = line.end(requestId, state, detail, now);
        RequestRows.save(session, threadId, line);
        return ended;
    }

    static boolean remove(Session session, String threadId, String requestId, Instant now) throws SQLException {
        Line line = line(session, threadId, requestId, now);
        boolean removed = line.removeEnded(requestId);
        RequestRows.save(session, threadId, line);
        return removed;
    }

    static int tend(Session session, WorkerRecord worker, Instant now) throws SQLException {
        session.update(
                REGISTER,
                worker.owner(),
                worker.queue(),
                String.join("\n", worker.workflows()),
                worker.slots(),
                Moments.stored(worker.seenAt()));
        session.update(FORGET, Moments.stored(Spans.before(now, RunQueue.WORKER_KEPT)));
        List<String> threads = new ArrayList<>(session.all(DUE, row -> row.getString(1), Moments.stored(now)));
        threads.addAll(session.all(LEFT, row -> row.getString(1), Moments.stored(now)));
        for (String threadId : threads) {
            LineThread thread = thread(session, threadId, now);
            Line line = RequestRows.line(session, threadId, thread.occupancy(), null, now);
            line.tend(now, thread.owned(), ran(session, threadId)::contains);
            RequestRows.save(session, threadId, line);
        }
        return session.first(READY, row -> row.getInt(1), worker.queue()).orElse(0);
    }

    // --- what happens to threads ---

    /** The line after a claim; empty if the request that the claim names is not reserved for it. Nothing is saved. */
    static Optional<Line> claimed(Session session, ClaimRequest request, Write first, Instant now) throws SQLException {
        String threadId = request.threadId();
        String wanted = request.request();
        Head head = first.head();
        String runId = wanted != null || head == null ? wanted : head.runId();
        Line line = RequestRows.line(session, threadId, Occupancy.OCCUPIED, runId, now);
        if (wanted != null) {
            return Optional.of(line).filter(one -> one.claim(wanted, request.owner()));
        }
        if (!first.release()) {
            line.claimedOtherwise(
                    head == null ? thread(session, threadId, now).runId() : head.runId(), request.owner());
        }
        return Optional.of(line);
    }

    static void released(Session session, String threadId, Head head, Instant now) throws SQLException {
        Line line = RequestRows.line(session, threadId, Occupancy.OCCUPIED, head.runId(), now);
        if (line.rows().isEmpty()) {
            return;
        }
        line.released(head.runId(), head.status(), head.wakeAt(), ran(session, threadId)::contains, now);
        RequestRows.save(session, threadId, line);
    }

    /** The runs of the thread that have requests. */
    private static List<String> ran(Session session, String threadId) throws SQLException {
        return session.all(RUNS, row -> row.getString(1), threadId);
    }

    static void deleted(Session session, String threadId, Instant now) throws SQLException {
        Line line = RequestRows.wholeLine(session, threadId);
        line.deleted(now);
        RequestRows.save(session, threadId, line);
    }

    private static Line line(Session session, String threadId, String requestId, Instant now) throws SQLException {
        return RequestRows.line(
                session, threadId, thread(session, threadId, now).occupancy(), requestId, now);
    }

    private static LineThread thread(Session session, String threadId, Instant now) throws SQLException {
        return session.first(THREAD, row -> thread(row, threadId, now), threadId)
                .orElse(LineThread.NONE);
    }

    private static LineThread thread(ResultSet row, String threadId, Instant now) throws SQLException {
        Instant until = Moments.readOrNull(row, "owned_until");
        Line.Owned owned = until == null ? Line.Owned.NOT : until.isAfter(now) ? Line.Owned.HELD : Line.Owned.EXPIRED;
        return new LineThread(
                Occupancy.of(ThreadRows.status(row.getString("status"), threadId), owned == Line.Owned.HELD),
                owned,
                row.getString("run_id"));
    }
}
