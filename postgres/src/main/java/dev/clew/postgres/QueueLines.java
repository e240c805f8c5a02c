package dev.clew.postgres;

import dev.clew.checkpoint.ClaimRequest;
import dev.clew.index.RequestRecord;
import dev.clew.postgres.LineRows.Read;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.Line;
import dev.clew.queue.LineThread;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestState;
import dev.clew.queue.WhenOccupied;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of lines. Each is made in a transaction that holds the advisory lock of the thread until it ends: so it sees what
 * claims and releases before it did, and those after it see what it did. A transaction that waits for rows of {@code thread}
 * does that first, and waits for no such row once it has an advisory lock: so none waits for another in a circle.
 */
final class QueueLines {
    /** The same in all versions, since processes of two of them may share a schema: otherwise a request could wait for good. */
    static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtextextended(e.id, 0))
            FROM (SELECT DISTINCT id FROM unnest(?) u(id) ORDER BY id) e""";

    private static final String BRIEFLY = "SELECT set_config('lock_timeout', '50ms', true),"
            + " set_config('idle_in_transaction_session_timeout', '1s', true); ";

    /**
     * It counts to two, since a line may be long. Rows are not chosen by their state: a plan that was made while the table was empty
     * might then look for the key among all that is taken.
     */
    private static final String FIND = """
            SELECT e.id,
                (SELECT count(*) FROM (SELECT 1 FROM {s}.request q WHERE q.thread_id = e.id LIMIT 2) q) AS requests,
                coalesce((SELECT q.state = 'TAKEN' AND q.owner = e.owner FROM {s}.request q
                    WHERE q.thread_id = e.id AND q.id = e.request), false) AS reserved
            FROM unnest(?, ?, ?) e(id, request, owner)""";

    private static final String RAN = "SELECT 1 FROM {s}.run WHERE thread_id = ? AND id = ?";

    private static final String LOCK_THREAD = "SELECT 1 FROM {s}.thread WHERE id = ? FOR NO KEY UPDATE";

    private static final String CANCEL = "UPDATE {s}.thread SET cancel = true, updated_at = ? WHERE id = ?";

    private QueueLines() {}

    /** Locks the lines of these threads until the transaction ends. */
    static void lock(Session session, List<String> threadIds) throws SQLException {
        session.all(LOCK, row -> true, Column.texts(threadIds));
    }

    /**
     * What a line has; it does not change while it is locked.
     *
     * @param requests how many; 2 stands for more as well
     * @param isReserved whether the request that a claim names is reserved for it
     */
    record Found(String threadId, int requests, boolean isReserved) {}

    /** Locks lines, and finds what they have. */
    static List<Found> lockAndFind(Message message, List<String> threadIds, Map<String, ClaimRequest> claims) {
        List<@Nullable String> requests = new ArrayList<>();
        List<@Nullable String> owners = new ArrayList<>();
        for (String threadId : threadIds) {
            ClaimRequest claim = claims.get(threadId);
            requests.add(claim == null ? null : claim.request());
            owners.add(claim == null ? null : claim.owner());
        }
        Message unused = message.add(LOCK, Column.texts(threadIds));
        return message.read(
                row -> new Found(Texts.read(row.getString("id")), row.getInt("requests"), row.getBoolean("reserved")),
                FIND,
                Column.texts(threadIds),
                Column.texts(requests),
                Column.texts(owners));
    }

    static Enqueued enqueue(
            Session session, QueuedRun request, WhenOccupied occupied, @Nullable RequestRecord record, StoreTime time)
            throws SQLException {
        String threadId = request.threadId();
        boolean cancels = occupied == WhenOccupied.INTERRUPT || occupied == WhenOccupied.ROLLBACK;
        if (cancels) {
            // Before the lock of the line, as every transaction that locks the row.
            session.all(LOCK_THREAD, row -> true, threadId);
        }
        lock(session, List.of(threadId));
        if (session.first(RAN, row -> true, threadId, request.requestId()).isPresent()) {
            return Enqueued.RAN;
        }
        Read read = LineRows.of(session, threadId, request.requestId(), time);
        if (record != null && RecordRows.isKnown(session, record)) {
            return Enqueued.KNOWN;
        }
        Line line = cancels ? RequestRows.wholeLine(session, threadId, read.thread()) : read.line();
        Enqueued enqueued = line.enqueue(request, occupied, read.now());
        if (enqueued == Enqueued.ADDED) {
            if (record != null && !RecordRows.add(session, record, time)) {
                return Enqueued.KNOWN;
            }
            RequestRows.put(session, line.find(request.requestId()).orElseThrow());
            Set<String> unused = LineRows.save(session, Map.of(threadId, line));
        }
        if (line.cancelsRun()) {
            session.update(CANCEL, Moments.stored(read.now()), threadId);
        }
        return enqueued;
    }

    /** Gives the queues that have READY requests now; so do the others. */
    static Set<String> giveBack(Session session, GiveBack back, StoreTime time) throws SQLException {
        lock(session, List.of(back.threadId()));
        Read read = LineRows.of(session, back.threadId(), back.requestId(), time);
        Line line = read.line();
        line.giveBack(back, read.now());
        return LineRows.save(session, Map.of(back.threadId(), line));
    }

    /** Empty, with nothing changed, if the request is not held, or its run is what holds it. */
    static Optional<Set<String>> retry(
            Session session, String threadId, String requestId, @Nullable RequestRecord record, StoreTime time)
            throws SQLException {
        lock(session, List.of(threadId));
        Line line = LineRows.of(session, threadId, requestId, time).line();
        if (!line.retry(requestId)) {
            return Optional.empty();
        }
        if (record != null) {
            RecordRows.require(session, record, time);
        }
        return Optional.of(LineRows.save(session, Map.of(threadId, line)));
    }

    /** Empty, with nothing changed, if the request is opened or over. */
    static Optional<Set<String>> end(
            Session session,
            String threadId,
            String requestId,
            RequestState state,
            byte @Nullable [] detail,
            StoreTime time)
            throws SQLException {
        lock(session, List.of(threadId));
        Read read = LineRows.of(session, threadId, requestId, time);
        Line line = read.line();
        boolean ended = line.end(requestId, state, detail, read.now());
        Set<String> ready = LineRows.save(session, Map.of(threadId, line));
        return ended ? Optional.of(ready) : Optional.empty();
    }

    static boolean remove(Session session, String threadId, String requestId, StoreTime time) throws SQLException {
        lock(session, List.of(threadId));
        Line line = LineRows.of(session, threadId, requestId, time).line();
        boolean removed = line.removeEnded(requestId);
        Set<String> unused = LineRows.save(session, Map.of(threadId, line));
        return removed;
    }

    /**
     * Whoever tends lines does so for all: it waits only a moment for one that somebody else has locked, and if it stops in the
     * middle, it has no lock for long.
     */
    static Set<String> tend(Session session, String threadId, StoreTime time) throws SQLException {
        if (time.stepped() == null) {
            session.all(1, BRIEFLY + LOCK, row -> true, Column.texts(List.of(threadId)));
        } else {
            // Tests of other schemas have threads of the same ids, and their steps must not depend on those.
            lock(session, List.of(threadId));
        }
        Read read = LineRows.of(session, threadId, null, time);
        Line line = read.line();
        line.tend(read.now(), read.isStored());
        RecordRows.forget(session, threadId, line.removed());
        return LineRows.save(session, Map.of(threadId, line));
    }

    static void deleted(Session session, String threadId, StoreTime time) throws SQLException {
        lock(session, List.of(threadId));
        Line line = RequestRows.wholeLine(session, threadId, LineThread.NONE);
        line.deleted(time.read(session));
        Set<String> unused = LineRows.save(session, Map.of(threadId, line));
    }

    /**
     * Moves the requests of threads that were claimed or released by one transaction, which has locked their lines.
     *
     * @param claims by thread; the request that a claim names is reserved for it
     */
    static Set<String> follow(Session session, List<Unit> units, Map<String, ClaimRequest> claims, StoreTime time)
            throws SQLException {
        List<@Nullable String> wanted = new ArrayList<>();
        for (Unit unit : units) {
            ClaimRequest claim = claims.get(unit.threadId());
            wanted.add(claim == null ? null : claim.request());
        }
        Map<String, Read> lines =
                LineRows.of(session, units.stream().map(Unit::threadId).toList(), wanted, time);
        Map<String, Line> moved = new HashMap<>();
        for (Unit unit : units) {
            Read read = lines.get(unit.threadId());
            if (read != null) {
                moved.put(unit.threadId(), moved(unit, claims.get(unit.threadId()), read));
            }
        }
        return LineRows.save(session, moved);
    }

    private static Line moved(Unit unit, @Nullable ClaimRequest claim, Read read) {
        Line line = read.line();
        String owner = unit.holding.claim.owner();
        String runId = read.thread().runId();
        String request = claim == null ? null : claim.request();
        if (claim != null && request != null) {
            boolean unused = line.claim(request, owner, claim.deployment());
        }
        if (unit.release) {
            line.released(read.thread(), owner, read.isStored(), read.now());
        } else if (claim != null && request == null) {
            line.claimedOtherwise(runId, owner, claim.deployment());
        }
        return line;
    }
}
