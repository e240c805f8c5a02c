package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Head;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code request_record}: the requests that servers got. The writer alone changes them. */
final class RecordRows {
    private static final String COLUMNS = "SELECT thread_id, id, run_id, kind, digest, content, created_at, ended_at,"
            + " status, checkpoint_id, seq FROM request_record ";

    private static final String BY_ID = COLUMNS + "WHERE thread_id = ? AND id = ?";

    static final String ANYWHERE = COLUMNS + "WHERE id = ? ORDER BY created_at DESC, thread_id DESC LIMIT 1";

    static final String NEWEST = COLUMNS + "WHERE thread_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?";

    private static final String ADD = """
            INSERT INTO request_record (thread_id, id, run_id, kind, digest, content, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (thread_id, id) DO NOTHING""";

    private static final String KNOWN = "SELECT 1 FROM request_record WHERE thread_id = ? AND id = ?";

    static final String OPEN = "SELECT 1 FROM request_record WHERE thread_id = ? AND run_id = ? AND ended_at IS NULL";

    /** How many entries the run's log has is asked only if there is something to end. */
    private static final String END = """
            UPDATE request_record SET ended_at = ?3, status = ?4, checkpoint_id = ?5, seq = coalesce((
                SELECT l.place % 4294967296 + 1 FROM thread t JOIN run r ON r.thread = t.key AND r.id = ?2
                JOIN log l ON l.place BETWEEN r.key * 4294967296 AND r.key * 4294967296 + 4294967295
                WHERE t.id = ?1 ORDER BY l.place DESC LIMIT 1), 0)
            WHERE thread_id = ?1 AND run_id = ?2 AND ended_at IS NULL""";

    private static final String WAITS = "SELECT 1 FROM thread WHERE id = ? AND " + AnswerRows.WAIT;

    /** The line forgot it: only if its run was never opened. */
    private static final String FORGET = "DELETE FROM request_record"
            + " WHERE thread_id = ? AND id = ? AND ended_at IS NOT NULL AND checkpoint_id IS NULL";

    private static final String ERASE = "UPDATE request_record SET digest = x'', content = x''"
            + " WHERE thread_id = ? AND id = ? AND ended_at IS NOT NULL";

    private static final String DELETE_OF_RUN = "DELETE FROM request_record WHERE thread_id = ? AND run_id = ?";

    private static final String DELETE = "DELETE FROM request_record WHERE thread_id = ?";

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

    /**
     * Stores a request.
     *
     * @throws RequestTakenException if the thread has one of this id
     */
    static void add(Session session, @Nullable RequestRecord request, Instant now) throws SQLException {
        if (request == null) {
            return;
        }
        int added = session.update(
                ADD,
                request.threadId(),
                request.requestId(),
                request.runId(),
                request.kind().name(),
                request.digest(),
                request.content(),
                Moments.stored(now));
        if (added == 0) {
            throw new RequestTakenException(request.threadId(), request.requestId());
        }
    }

    /** About how many bytes a request holds. */
    static long bytes(@Nullable RequestRecord request) {
        return request == null ? 0 : 256 + request.content().length + request.digest().length;
    }

    /** The thread was released. */
    static void released(Session session, String threadId, Head head, Instant now) throws SQLException {
        String runId = head.runId();
        if (runId == null || !RequestEnd.isRest(head.status(), false) || !isOpen(session, threadId, runId)) {
            return;
        }
        boolean waits = session.first(WAITS, row -> true, threadId).isPresent();
        if (RequestEnd.isRest(head.status(), waits)) {
            end(session, threadId, runId, RunStatus.of(head.status()), head.checkpointId(), now);
        }
    }

    /** Another run became the newest one of the thread. */
    static void replaced(Session session, String threadId, @Nullable String before, Head head, Instant now)
            throws SQLException {
        if (before != null && !before.equals(head.runId()) && isOpen(session, threadId, before)) {
            end(session, threadId, before, RunStatus.CANCELLED, head.checkpointId(), now);
        }
    }

    /** The requests that a line ended without their having been opened, and those that it forgot. */
    static void settled(Session session, String threadId, Collection<RequestRow> changed, Collection<String> gone)
            throws SQLException {
        for (RequestRow row : changed) {
            String id = row.request().requestId();
            Instant kept = row.dueAt();
            if (row.state().isOver() && kept != null && isOpen(session, threadId, id)) {
                RunStatus status = row.state() == RequestState.REFUSED ? RunStatus.REFUSED : RunStatus.CANCELLED;
                end(session, threadId, id, status, null, kept.minus(RunQueue.KEPT));
            }
        }
        for (String id : gone) {
            session.update(FORGET, threadId, id);
        }
    }

    private static boolean isOpen(Session session, String threadId, String runId) throws SQLException {
        return session.first(OPEN, row -> true, threadId, runId).isPresent();
    }

    private static void end(
            Session session,
            String threadId,
            String runId,
            RunStatus status,
            @Nullable String checkpointId,
            Instant now)
            throws SQLException {
        session.update(END, threadId, runId, Moments.stored(now), status.name(), checkpointId);
    }

    static void deleteOfRun(Session session, String threadId, String runId) throws SQLException {
        session.update(DELETE_OF_RUN, threadId, runId);
    }

    static void delete(Session session, String threadId) throws SQLException {
        session.update(DELETE, threadId);
    }

    private static RequestRecord read(ResultSet row) throws SQLException {
        String threadId = row.getString("thread_id");
        String id = row.getString("id");
        Instant ended = Moments.readOrNull(row, "ended_at");
        try {
            return new RequestRecord(
                    threadId,
                    id,
                    row.getString("run_id"),
                    RequestRecord.Kind.valueOf(row.getString("kind")),
                    RunRows.bytes(row, 5),
                    RunRows.bytes(row, 6),
                    Moments.read(row, "created_at"),
                    ended == null
                            ? null
                            : new RequestEnd(
                                    ended,
                                    RunStatus.valueOf(row.getString("status")),
                                    row.getString("checkpoint_id"),
                                    row.getLong("seq")));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("request '" + id + "' of thread '" + threadId + "' is damaged", e);
        }
    }
}
