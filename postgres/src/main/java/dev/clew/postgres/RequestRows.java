package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.queue.Line;
import dev.clew.queue.Occupancy;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.value.Spans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code request}. */
final class RequestRows {
    /** Whether the head run of the row {@code t} has a request. EXISTS might read the whole table and hash it. */
    static final String QUEUED =
            "coalesce((SELECT q.opened FROM {s}.request q WHERE q.thread_id = t.id AND q.id = t.run_id), false)";

    static final String COLUMNS = "SELECT q.thread_id, q.id, q.queue, q.workflow, q.state, q.opened, q.priority,"
            + " q.concurrency_key, q.abandons, q.delay, q.enqueued_at, q.due_at, q.owner, q.attempts, q.config, q.input,"
            + " q.detail FROM {s}.request q ";

    private static final String BY_ID = COLUMNS + "WHERE q.thread_id = ? AND q.id = ?";

    /**
     * What the rules of a line look at: what is opened, what is first, what is due, and the last one, which says where a new
     * one comes. The rows are locked, so that no worker takes one of them meanwhile.
     */
    private static final String LINE = COLUMNS + """
            WHERE q.thread_id = ? AND (
                q.opened OR q.state IN ('READY', 'TAKEN', 'HELD') OR q.due_at <= ? OR q.id = ?
                OR q.id IN (SELECT w.id FROM {s}.request w WHERE w.thread_id = ? AND w.state = 'WAITING'
                            ORDER BY w.enqueued_at, w.id LIMIT 2)
                OR q.id IN (SELECT w.id FROM {s}.request w WHERE w.thread_id = ? AND w.state <> 'DELAYED'
                            ORDER BY w.enqueued_at DESC, w.id DESC LIMIT 1))
            FOR UPDATE OF q""";

    private static final String WHOLE_LINE = COLUMNS + "WHERE q.thread_id = ? FOR UPDATE OF q";

    private static final String PUT = """
            INSERT INTO {s}.request (thread_id, id, queue, workflow, state, opened, priority, concurrency_key, abandons,
                delay, enqueued_at, due_at, owner, attempts, config, input, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::bigint, ?, ?, ?, ?::bytea, ?::bytea)
            ON CONFLICT (thread_id, id) DO UPDATE SET state = excluded.state, opened = excluded.opened,
                enqueued_at = excluded.enqueued_at, due_at = excluded.due_at, owner = excluded.owner,
                attempts = excluded.attempts, detail = excluded.detail""";

    private static final String DELETE = "DELETE FROM {s}.request WHERE thread_id = ? AND id = ?";

    private RequestRows() {}

    static Optional<RequestRow> find(Session session, String threadId, String requestId) throws SQLException {
        return session.first(BY_ID, RequestRows::read, threadId, requestId);
    }

    static List<RequestRow> list(Session session, QueueQuery query) throws SQLException {
        Sql sql = new Sql().add(COLUMNS + "WHERE TRUE");
        if (query.queue() != null) {
            sql.add(" AND q.queue = ?", query.queue());
        }
        if (query.threadId() != null) {
            sql.add(" AND q.thread_id = ?", query.threadId());
        }
        if (!query.states().isEmpty()) {
            sql.add(
                    " AND q.state = ANY (?)",
                    Column.texts(query.states().stream().map(Enum::name).toList()));
        }
        return sql.add(" ORDER BY q.thread_id, q.enqueued_at, q.id LIMIT ?", query.limit())
                .all(session, RequestRows::read);
    }

    /** The part of a thread's line that its rules look at. */
    static Line line(Session session, String threadId, Occupancy thread, @Nullable String requestId, Instant now)
            throws SQLException {
        return Line.of(
                thread,
                session.all(
                        LINE,
                        RequestRows::read,
                        threadId,
                        Moments.stored(now),
                        requestId == null ? "" : requestId,
                        threadId,
                        threadId));
    }

    static Line wholeLine(Session session, String threadId) throws SQLException {
        return Line.of(Occupancy.FREE, session.all(WHOLE_LINE, RequestRows::read, threadId));
    }

    static void save(Session session, String threadId, Line line) throws SQLException {
        for (String id : line.removed()) {
            session.update(DELETE, threadId, id);
        }
        for (RequestRow row : line.changed()) {
            put(session, row);
        }
    }

    private static void put(Session session, RequestRow row) throws SQLException {
        QueuedRun request = row.request();
        session.update(
                PUT,
                request.threadId(),
                request.requestId(),
                request.queue(),
                request.workflow(),
                row.state().name(),
                row.isOpened(),
                request.priority(),
                request.concurrencyKey(),
                request.abandons(),
                Spans.nanos(request.delay()),
                Moments.stored(row.enqueuedAt()),
                Moments.storedOrNull(row.dueAt()),
                row.owner(),
                row.attempts(),
                request.config(),
                request.input(),
                row.detail());
    }

    static RequestRow read(ResultSet row) throws SQLException {
        QueuedRun request = new QueuedRun(
                Texts.read(row.getString("thread_id")),
                Texts.read(row.getString("id")),
                Texts.read(row.getString("queue")),
                Texts.read(row.getString("workflow")),
                row.getInt("priority"),
                Texts.readOrNull(row.getString("concurrency_key")),
                row.getBoolean("abandons"),
                Duration.ofNanos(row.getLong("delay")),
                row.getBytes("config"),
                row.getBytes("input"));
        return new RequestRow(
                request,
                state(row.getString("state"), request),
                row.getBoolean("opened"),
                Moments.read(row, "enqueued_at"),
                Moments.readOrNull(row, "due_at"),
                Texts.readOrNull(row.getString("owner")),
                row.getInt("attempts"),
                row.getBytes("detail"));
    }

    private static RequestState state(String stored, QueuedRun request) {
        try {
            return RequestState.valueOf(stored);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    "request '" + request.requestId() + "' of thread '" + request.threadId() + "' has unknown state '"
                            + stored + "'",
                    e);
        }
    }
}
