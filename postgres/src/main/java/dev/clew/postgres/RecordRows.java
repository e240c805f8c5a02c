package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.RequestTakenException;
import dev.clew.index.RequestEnd;
import dev.clew.index.RequestRecord;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.state.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code request_record}: the requests that servers got. */
final class RecordRows {
    private static final String COLUMNS =
            "SELECT c.thread_id, c.id, c.run_id, c.kind, c.digest, c.content, c.created_at,"
                    + " c.ended_at, c.status, c.checkpoint_id, c.seq FROM {s}.request_record c ";

    private static final String BY_ID = COLUMNS + "WHERE c.thread_id = ? AND c.id = ?";

    static final String ANYWHERE = COLUMNS + "WHERE c.id = ? ORDER BY c.created_at DESC, c.thread_id DESC LIMIT 1";

    static final String NEWEST =
            COLUMNS + "WHERE c.thread_id = ? ORDER BY c.created_at DESC, c.id DESC LIMIT ? OFFSET ?";

    private static final String KNOWN = "SELECT 1 FROM {s}.request_record WHERE thread_id = ? AND id = ?";

    private static final String ADD = "WITH " + StoreTime.NOW + """
             INSERT INTO {s}.request_record (thread_id, id, run_id, kind, digest, content, created_at)
            SELECT ?, ?, ?, ?, ?, ?, n.now FROM n
            ON CONFLICT (thread_id, id) DO NOTHING""";

    /**
     * A statement behind the one that wrote to threads, in the same message: of those that rest, the requests of the newest run
     * end; of all of them, those of other runs that are stored. Each look for a thread that has none is one of an index.
     */
    private static final String ENDS = "WITH " + StoreTime.NOW + """
            , o AS MATERIALIZED (
                SELECT c.thread_id, c.id, c.run_id, t.checkpoint_id,
                    CASE WHEN c.run_id IS DISTINCT FROM t.run_id THEN 'CANCELLED'
                        WHEN t.status = 'IDLE' THEN 'COMPLETED' ELSE t.status END AS status,
                    coalesce((
                        SELECT l.seq + 1 FROM {s}.run r
                        JOIN {s}.log l ON l.thread_id = r.thread_id AND l.run_no = r.no
                        WHERE r.thread_id = c.thread_id AND r.id = c.run_id ORDER BY l.seq DESC LIMIT 1), 0) AS seq
                FROM unnest(?, ?, ?) e(id, epoch, release)
                CROSS JOIN LATERAL (
                    SELECT c.thread_id, c.id, c.run_id FROM {s}.request_record c
                    WHERE c.thread_id = e.id AND c.ended_at IS NULL) c
                CROSS JOIN LATERAL (
                    SELECT t.id, t.run_id, t.status, t.checkpoint_id FROM {s}.thread t
                    WHERE t.id = e.id AND t.epoch = e.epoch AND (t.owner IS NULL) = e.release) t
                WHERE c.run_id = t.run_id AND e.release AND (
                        t.status IN ('IDLE', 'FAILED', 'CANCELLED', 'UNDONE', 'BLOCKED', 'STUCK')
                        OR t.status = 'INTERRUPTED' AND NOT""" + ' ' + ThreadRows.ANSWERS_WAIT + """
            )
                    OR c.run_id IS DISTINCT FROM t.run_id AND EXISTS (
                        SELECT FROM {s}.run r WHERE r.thread_id = c.thread_id AND r.id = c.run_id))
            UPDATE {s}.request_record c
            SET ended_at = n.now, status = o.status, checkpoint_id = o.checkpoint_id, seq = o.seq
            FROM o CROSS JOIN n WHERE c.thread_id = o.thread_id AND c.id = o.id""";

    private static final String END_UNOPENED = """
            UPDATE {s}.request_record c SET ended_at = u.at, status = u.status, seq = 0
            FROM unnest(?, ?, ?, ?) u(thread_id, id, status, at)
            WHERE c.thread_id = u.thread_id AND c.id = u.id AND c.ended_at IS NULL""";

    /** The line forgot them: only if their run was never opened. */
    private static final String FORGET = "DELETE FROM {s}.request_record"
            + " WHERE thread_id = ? AND id = ANY (?) AND ended_at IS NOT NULL AND checkpoint_id IS NULL";

    private static final String ERASE = "UPDATE {s}.request_record SET digest = '', content = ''"
            + " WHERE thread_id = ? AND id = ? AND ended_at IS NOT NULL";

    private RecordRows() {}

    static Optional<RequestRecord> find(Session session, String threadId, String requestId) throws SQLException {
        return session.first(BY_ID, RecordRows::read, threadId, requestId);
    }

    static Optional<RequestRecord> find(Session session, String requestId) throws SQLException {
        return session.first(ANYWHERE, RecordRows::read, requestId);
    }

    static List<RequestRecord> list(Session session, String threadId, int offset, int limit) throws SQLException {
        return session.all(NEWEST, RecordRows::read, threadId, limit, offset);
    }

    /** Erases what a request that ended has said; false if there is none. */
    static boolean erase(Session session, String threadId, String requestId) throws SQLException {
        return session.update(ERASE, threadId, requestId) > 0;
    }

    static boolean isKnown(Session session, RequestRecord request) throws SQLException {
        return session.first(KNOWN, row -> true, request.threadId(), request.requestId())
                .isPresent();
    }

    /** Stores a request; false if the thread has one of this id. */
    static boolean add(Session session, RequestRecord request, StoreTime time) throws SQLException {
        return session.update(
                        ADD,
                        time.argument(),
                        request.threadId(),
                        request.requestId(),
                        request.runId(),
                        request.kind().name(),
                        request.digest(),
                        request.content())
                > 0;
    }

    /**
     * Stores a request.
     *
     * @throws RequestTakenException if the thread has one of this id
     */
    static void require(Session session, RequestRecord request, StoreTime time) throws SQLException {
        if (!add(session, request, time)) {
            throw new RequestTakenException(request.threadId(), request.requestId());
        }
    }

    /** Ends requests of threads that were written to by a statement of the same message. */
    static void addEnds(Sql sql, List<Unit> units, StoreTime time) {
        List<Unit> moved =
                units.stream().filter(unit -> unit.head != null || unit.release).toList();
        if (!moved.isEmpty()) {
            sql.add(
                    "; " + ENDS,
                    time.argument(),
                    Column.texts(moved.stream().map(Unit::threadId).toList()),
                    Column.longs(moved.stream()
                            .map(unit -> unit.holding.claim.epoch())
                            .toList()),
                    Column.flags(moved.stream().map(unit -> unit.release).toList()));
        }
    }

    /** Ends the requests that lines ended without their having been opened. */
    static void addUnopenedEnds(Sql sql, Collection<RequestRow> changed) {
        List<String> threads = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> states = new ArrayList<>();
        List<Long> moments = new ArrayList<>();
        for (RequestRow row : changed) {
            Instant kept = row.dueAt();
            if (row.state().isOver() && kept != null) {
                threads.add(row.request().threadId());
                ids.add(row.request().requestId());
                states.add((row.state() == RequestState.REFUSED ? RunStatus.REFUSED : RunStatus.CANCELLED).name());
                moments.add(Moments.stored(kept.minus(RunQueue.KEPT)));
            }
        }
        if (!ids.isEmpty()) {
            sql.add(
                    "; " + END_UNOPENED,
                    Column.texts(threads),
                    Column.texts(ids),
                    Column.texts(states),
                    Column.longs(moments));
        }
    }

    static void forget(Session session, String threadId, List<String> ids) throws SQLException {
        if (!ids.isEmpty()) {
            session.update(FORGET, threadId, Column.texts(ids));
        }
    }

    private static RequestRecord read(ResultSet row) throws SQLException {
        String threadId = Texts.read(row.getString("thread_id"));
        String id = Texts.read(row.getString("id"));
        @Nullable Instant ended = Moments.readOrNull(row, "ended_at");
        try {
            return new RequestRecord(
                    threadId,
                    id,
                    Texts.read(row.getString("run_id")),
                    RequestRecord.Kind.valueOf(row.getString("kind")),
                    row.getBytes("digest"),
                    row.getBytes("content"),
                    Moments.read(row, "created_at"),
                    ended == null
                            ? null
                            : new RequestEnd(
                                    ended,
                                    RunStatus.valueOf(row.getString("status")),
                                    Texts.readOrNull(row.getString("checkpoint_id")),
                                    row.getLong("seq")));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("request '" + id + "' of thread '" + threadId + "' is damaged", e);
        }
    }
}
