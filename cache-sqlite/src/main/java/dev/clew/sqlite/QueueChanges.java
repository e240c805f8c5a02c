package dev.clew.sqlite;

import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.Write;
import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.Line;
import dev.clew.queue.LineThread;
import dev.clew.queue.LineThread.Owned;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
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
    private static final String THREAD = "SELECT status, run_id, wake_at, owned_until, cancel FROM thread WHERE id = ?";

    private static final String RUN =
            "SELECT 1 FROM thread t JOIN run r ON r.thread = t.key AND r.id = ?2 WHERE t.id = ?1";

    private static final String RUNS = "SELECT r.id FROM thread t JOIN run r ON r.thread = t.key"
            + " WHERE t.id = ?1 AND r.id IN (SELECT id FROM request WHERE thread = ?1 AND opened UNION SELECT t.run_id)";

    private static final String NEXT = RequestRows.COLUMNS + """
             AS q WHERE q.queue = ?1 AND q.state = 'READY' AND (q.due_at IS NULL OR q.due_at <= ?2)
               AND (q.opened OR NOT ?3)
               AND (?5 IS NULL OR coalesce(q.excluded_until, 0) <= ?2
                    OR instr(char(10) || q.not_deployments || char(10), char(10) || ?5 || char(10)) = 0)
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
                        t.status IN ('IDLE', 'FAILED', 'CANCELLED', 'UNDONE')
                        OR t.cancel OR q.abandons AND t.status IN ('INTERRUPTED', 'BLOCKED', 'STUCK')))
                    AND NOT EXISTS (SELECT 1 FROM request q
                        WHERE q.thread = t.id AND q.state = 'READY' AND NOT q.opened))
            LIMIT 500""";

    private static final String REGISTER = """
            INSERT INTO worker (owner, queue, workflows, slots, seen_at, deployment) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner, queue) DO UPDATE SET workflows = excluded.workflows, slots = excluded.slots,
                seen_at = excluded.seen_at, deployment = excluded.deployment""";

    private static final String CANCEL = "UPDATE thread SET cancel = 1, updated_at = ? WHERE id = ?";

    private static final String FORGET = "DELETE FROM worker WHERE seen_at < ?";

    /** A backlog of a million need not be counted each second. */
    private static final String READY =
            "SELECT count(*) FROM (SELECT 1 FROM request WHERE queue = ? AND state = 'READY' LIMIT "
                    + RunQueue.MOST_COUNTED + ")";

    private QueueChanges() {}

    static Enqueued enqueue(
            Session session, QueuedRun request, WhenOccupied occupied, @Nullable RequestRecord record, Instant now)
            throws SQLException {
        String threadId = request.threadId();
        if (session.first(RUN, row -> row.getInt(1), threadId, request.requestId())
                .isPresent()) {
            return Enqueued.RAN;
        }
        if (record != null && RecordRows.isKnown(session, record)) {
            return Enqueued.KNOWN;
        }
        LineThread thread = thread(session, threadId, now);
        boolean cancels = occupied == WhenOccupied.INTERRUPT || occupied == WhenOccupied.ROLLBACK;
        Line line = cancels
                ? RequestRows.wholeLine(session, threadId, thread)
                : RequestRows.line(session, threadId, thread, request.requestId(), now);
        Enqueued enqueued = line.enqueue(request, occupied, now);
        RequestRows.save(session, threadId, line);
        if (enqueued == Enqueued.ADDED) {
            RecordRows.add(session, record, now);
        }
        if (line.cancelsRun()) {
            session.update(CANCEL, Moments.stored(now), threadId);
        }
        return enqueued;
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
            Line line = Line.of(LineThread.OWNED, List.of(next.get()));
            line.take(id, request.owner(), Spans.after(now, request.reservation()));
            RequestRows.save(session, threadId, line);
            all.add(line.find(id).orElseThrow());
        }
        return all;
    }

    private static Optional<RequestRow> next(Session session, TakeRequest request, QueueSettings limits, Instant now)
            throws SQLException {
        return new Sql("")
                        .add(
                                NEXT,
                                request.queue(),
                                Moments.stored(now),
                                limits.paused(),
                                limits.perKeyConcurrency(),
                                request.deployment())
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

    static boolean retry(
            Session session, String threadId, String requestId, @Nullable RequestRecord record, Instant now)
            throws SQLException {
        Line line = line(session, threadId, requestId, now);
        boolean held = line.retry(requestId);
        if (held) {
            RecordRows.add(session, record, now);
        }
        RequestRows.save(session, threadId, line);
        return held;
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
                Moments.stored(worker.seenAt()),
                worker.deployment());
        session.update(FORGET, Moments.stored(Spans.before(now, RunQueue.WORKER_KEPT)));
        List<String> threads = new ArrayList<>(session.all(DUE, row -> row.getString(1), Moments.stored(now)));
        threads.addAll(session.all(LEFT, row -> row.getString(1), Moments.stored(now)));
        for (String threadId : threads) {
            Line line = RequestRows.line(session, threadId, thread(session, threadId, now), null, now);
            line.tend(now, ran(session, threadId)::contains);
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
        String opens = request.opens();
        String runId = wanted != null ? wanted : opens != null ? opens : head == null ? null : head.runId();
        Line line = RequestRows.line(session, threadId, LineThread.OWNED, runId, now);
        if (wanted != null) {
            return Optional.of(line).filter(one -> one.claim(wanted, request.owner(), request.deployment()));
        }
        if (opens != null && line.waits(opens)) {
            return Optional.empty();
        }
        if (!first.release()) {
            line.claimedOtherwise(
                    head == null ? thread(session, threadId, now).runId() : head.runId(),
                    request.owner(),
                    request.deployment());
        }
        return Optional.of(line);
    }

    static void released(Session session, String threadId, String by, Instant now) throws SQLException {
        if (!RequestRows.any(session, threadId)) {
            return;
        }
        LineThread thread = thread(session, threadId, now);
        Line line = RequestRows.line(session, threadId, thread, thread.runId(), now);
        line.released(thread, by, ran(session, threadId)::contains, now);
        RequestRows.save(session, threadId, line);
    }

    /** The runs of the thread that have requests. */
    private static List<String> ran(Session session, String threadId) throws SQLException {
        return session.all(RUNS, row -> row.getString(1), threadId);
    }

    static void deleted(Session session, String threadId, Instant now) throws SQLException {
        Line line = RequestRows.wholeLine(session, threadId, LineThread.NONE);
        line.deleted(now);
        RequestRows.save(session, threadId, line);
    }

    private static Line line(Session session, String threadId, String requestId, Instant now) throws SQLException {
        return RequestRows.line(session, threadId, thread(session, threadId, now), requestId, now);
    }

    private static LineThread thread(Session session, String threadId, Instant now) throws SQLException {
        return session.first(THREAD, row -> thread(row, threadId, now), threadId)
                .orElse(LineThread.NONE);
    }

    private static LineThread thread(ResultSet row, String threadId, Instant now) throws SQLException {
        Instant until = Moments.readOrNull(row, "owned_until");
        return new LineThread(
                ThreadRows.status(row.getString("status"), threadId),
                row.getString("run_id"),
                Moments.readOrNull(row, "wake_at"),
                until == null ? Owned.NOT : until.isAfter(now) ? Owned.HELD : Owned.EXPIRED,
                row.getBoolean("cancel"));
    }
}
