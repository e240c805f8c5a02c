package dev.clew.postgres;

import dev.clew.checkpoint.ClaimRequest;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.Line;
import dev.clew.queue.Occupancy;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.state.ThreadStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes of lines. Each is made in a transaction that holds the advisory lock of the thread until it ends: so it sees what
 * claims and releases before it did, and those after it see what it did. A transaction that locks rows of {@code thread} does
 * that first, and waits for no such row once it has an advisory lock: so none waits for another in a circle.
 */
final class QueueLines {
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtextextended(e.id, 0))
            FROM (SELECT DISTINCT id FROM unnest(?) u(id) ORDER BY id) e""";

    private static final String WITH_LINES = """
            SELECT e.id FROM unnest(?) e(id)
            CROSS JOIN LATERAL (SELECT 1 FROM {s}.request q WHERE q.thread_id = e.id LIMIT 1) q""";

    private static final String THREAD = "WITH " + StoreTime.NOW + """
             SELECT t.id, t.status, t.run_id, t.wake_at, t.owner IS NOT NULL AS owned,
                t.owned_until <= (SELECT now FROM n) AS expired
            FROM {s}.thread t WHERE t.id = ?""";

    private static final String RAN = "SELECT 1 FROM {s}.run WHERE thread_id = ? AND id = ?";

    private static final String OPENED_RUNS = """
            SELECT r.id FROM {s}.run r
            WHERE r.thread_id = ? AND r.id = ANY (ARRAY (
                SELECT q.id FROM {s}.request q WHERE q.thread_id = ? AND q.opened
                UNION SELECT t.run_id FROM {s}.thread t WHERE t.id = ?))""";

    private QueueLines() {}

    /** What a thread is, for its line. */
    private record LineThread(
            ThreadStatus status,
            @Nullable String runId,
            @Nullable Instant wakeAt,
            Line.Owned owned) {
        static final LineThread NONE = new LineThread(ThreadStatus.IDLE, null, null, Line.Owned.NOT);

        Occupancy occupancy() {
            return Occupancy.of(status, owned == Line.Owned.HELD);
        }
    }

    /** Locks the lines of these threads until the transaction ends. */
    static void lock(Session session, List<String> threadIds) throws SQLException {
        session.all(LOCK, row -> true, Column.texts(threadIds));
    }

    static Enqueued enqueue(Session session, QueuedRun request, boolean mayWait, StoreTime time) throws SQLException {
        String threadId = request.threadId();
        lock(session, List.of(threadId));
        if (session.first(RAN, row -> true, threadId, request.requestId()).isPresent()) {
            return Enqueued.RAN;
        }
        Instant now = time.read(session);
        LineThread thread = thread(session, threadId, time);
        Line line = RequestRows.line(session, threadId, thread.occupancy(), request.requestId(), now);
        if (line.find(request.requestId()).isPresent()) {
            return Enqueued.KNOWN;
        }
        if (!mayWait && line.isBusyFor(request)) {
            return Enqueued.BUSY;
        }
        line.add(request, now);
        RequestRows.save(session, threadId, line);
        return Enqueued.ADDED;
    }

    static void giveBack(Session session, GiveBack back, StoreTime time) throws SQLException {
        lock(session, List.of(back.threadId()));
        Instant now = time.read(session);
        Line line = line(session, back.threadId(), back.requestId(), now, time);
        line.giveBack(back, now);
        RequestRows.save(session, back.threadId(), line);
    }

    static boolean end(
            Session session,
            String threadId,
            String requestId,
            RequestState state,
            byte @Nullable [] detail,
            StoreTime time)
            throws SQLException {
        lock(session, List.of(threadId));
        Instant now = time.read(session);
        Line line = line(session, threadId, requestId, now, time);
        boolean ended = line.end(requestId, state, detail, now);
        RequestRows.save(session, threadId, line);
        return ended;
    }

    static void tend(Session session, String threadId, StoreTime time) throws SQLException {
        lock(session, List.of(threadId));
        Instant now = time.read(session);
        LineThread thread = thread(session, threadId, time);
        Line line = RequestRows.line(session, threadId, thread.occupancy(), null, now);
        line.tend(now, thread.owned(), isStored(session, threadId));
        RequestRows.save(session, threadId, line);
    }

    private static Line line(Session session, String threadId, String requestId, Instant now, StoreTime time)
            throws SQLException {
        return RequestRows.line(
                session, threadId, thread(session, threadId, time).occupancy(), requestId, now);
    }

    // --- what happens to threads; their rows are locked ---

    /** Opens or continues the request that a claim names; false, with nothing changed, if it is not reserved for the claim. */
    static boolean claim(Session session, ClaimRequest claim, String requestId, StoreTime time) throws SQLException {
        lock(session, List.of(claim.threadId()));
        Line line = RequestRows.line(session, claim.threadId(), Occupancy.OCCUPIED, requestId, time.read(session));
        boolean claimed = line.claim(requestId, claim.owner());
        if (claimed) {
            RequestRows.save(session, claim.threadId(), line);
        }
        return claimed;
    }

    /** Moves the requests of threads that were claimed without a request, or released. */
    static void follow(Session session, List<Unit> units, StoreTime time) throws SQLException {
        List<String> threads = units.stream().map(Unit::threadId).toList();
        // One message, since each release pays for it; the second statement sees what was stored before the lock was
        // free.
        List<String> withLines = session.all(
                1,
                LOCK + "; " + WITH_LINES,
                row -> Texts.read(row.getString(1)),
                Column.texts(threads),
                Column.texts(threads));
        for (Unit unit : units) {
            if (withLines.contains(unit.threadId())) {
                follow(session, unit, time);
            }
        }
    }

    private static void follow(Session session, Unit unit, StoreTime time) throws SQLException {
        String threadId = unit.threadId();
        Instant now = time.read(session);
        LineThread thread = thread(session, threadId, time);
        Line line = RequestRows.line(session, threadId, Occupancy.OCCUPIED, thread.runId(), now);
        if (unit.release) {
            line.released(thread.runId(), thread.status(), thread.wakeAt(), isStored(session, threadId), now);
        } else {
            line.claimedOtherwise(thread.runId(), unit.holding.claim.owner());
        }
        RequestRows.save(session, threadId, line);
    }

    static void deleted(Session session, String threadId, StoreTime time) throws SQLException {
        lock(session, List.of(threadId));
        Line line = RequestRows.wholeLine(session, threadId);
        line.deleted(time.read(session));
        RequestRows.save(session, threadId, line);
    }

    private static Predicate<String> isStored(Session session, String threadId) throws SQLException {
        List<String> runs =
                session.all(OPENED_RUNS, row -> Texts.read(row.getString("id")), threadId, threadId, threadId);
        return runs::contains;
    }

    private static LineThread thread(Session session, String threadId, StoreTime time) throws SQLException {
        return session.first(THREAD, QueueLines::thread, time.argument(), threadId)
                .orElse(LineThread.NONE);
    }

    private static LineThread thread(ResultSet row) throws SQLException {
        boolean owned = row.getBoolean("owned");
        return new LineThread(
                ThreadRows.status(row.getString("status"), row.getString("id")),
                Texts.readOrNull(row.getString("run_id")),
                Moments.readOrNull(row, "wake_at"),
                !owned ? Line.Owned.NOT : row.getBoolean("expired") ? Line.Owned.EXPIRED : Line.Owned.HELD);
    }
}
