package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.queue.Line;
import dev.clew.queue.LineThread;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestDeployments;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code request}. Lines are changed by the writer alone, inside its transaction. */
final class RequestRows {
    /** Whether the head run of the row of {@code thread} that is read has a request. */
    static final String QUEUED =
            "EXISTS (SELECT 1 FROM request q WHERE q.thread = thread.id AND q.id = thread.run_id AND q.opened)";

    static final String COLUMNS =
            "SELECT thread, id, queue, workflow, state, opened, priority, concurrency_key, abandons,"
                    + " delay, enqueued_at, due_at, owner, attempts, losses, cancelled, rolls_back, deployment, not_deployments,"
                    + " excluded_until, config, input, detail FROM request ";

    private static final String BY_ID = COLUMNS + " WHERE thread = ? AND id = ?";

    /**
     * What the rules of a line look at: what is opened, what is first, and what is due. The many that wait behind are left
     * where they are, but for the last one, which says where a new one comes.
     */
    private static final String LINE = COLUMNS + """
             WHERE thread = ?1 AND id IN (
                SELECT id FROM request WHERE thread = ?1 AND (opened OR state IN ('READY', 'TAKEN', 'HELD'))
                UNION SELECT id FROM request WHERE due_at <= ?2 AND state <> 'READY' AND thread = ?1
                UNION SELECT ?3
                UNION SELECT id FROM (SELECT id FROM request WHERE thread = ?1 AND state = 'WAITING'
                                      ORDER BY enqueued_at, id LIMIT 2)
                UNION SELECT id FROM (SELECT id FROM request WHERE thread = ?1 AND state <> 'DELAYED'
                                      ORDER BY enqueued_at DESC, id DESC LIMIT 1))""";

    private static final String ANY = "SELECT 1 FROM request WHERE thread = ? LIMIT 1";

    private static final String ALL_OF_THREAD = COLUMNS + " WHERE thread = ?";

    private static final String PUT = """
            INSERT INTO request (thread, id, queue, workflow, state, opened, priority, concurrency_key, abandons, delay,
                enqueued_at, due_at, owner, attempts, losses, cancelled, rolls_back, deployment, not_deployments,
                excluded_until, config, input, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (thread, id) DO UPDATE SET state = excluded.state, opened = excluded.opened,
                enqueued_at = excluded.enqueued_at, due_at = excluded.due_at, owner = excluded.owner,
                attempts = excluded.attempts, losses = excluded.losses, cancelled = excluded.cancelled,
                deployment = excluded.deployment, not_deployments = excluded.not_deployments,
                excluded_until = excluded.excluded_until, detail = excluded.detail""";

    private static final String DELETE = "DELETE FROM request WHERE thread = ? AND id = ?";

    private RequestRows() {}

    static Optional<RequestRow> find(Session session, String threadId, String requestId) throws SQLException {
        return session.first(BY_ID, RequestRows::read, threadId, requestId);
    }

    static List<RequestRow> list(Session session, QueueQuery query) throws SQLException {
        Sql sql = new Sql(COLUMNS + " WHERE TRUE");
        if (query.queue() != null) {
            sql.add(" AND queue = ?", query.queue());
        }
        if (query.threadId() != null) {
            sql.add(" AND thread = ?", query.threadId());
        }
        if (query.workflow() != null) {
            sql.add(" AND workflow = ?", query.workflow());
        }
        if (query.owner() != null) {
            sql.add(" AND owner = ?", query.owner());
        }
        RequestRow after = query.after();
        if (after != null) {
            sql.add(
                    " AND (thread, enqueued_at, id) > (?, ?, ?)",
                    after.request().threadId(),
                    Moments.stored(after.enqueuedAt()),
                    after.request().requestId());
        }
        if (!query.states().isEmpty()) {
            sql.add(" AND state IN ")
                    .addList(query.states().stream().map(Enum::name).toList());
        }
        return sql.add(" ORDER BY thread, enqueued_at, id LIMIT ?", query.limit())
                .all(session, RequestRows::read);
    }

    /** Whether a thread has requests; most threads never have one. */
    static boolean any(Session session, String threadId) throws SQLException {
        return session.first(ANY, row -> true, threadId).isPresent();
    }

    /** The part of a thread's line that its rules look at. */
    static Line line(Session session, String threadId, LineThread thread, @Nullable String requestId, Instant now)
            throws SQLException {
        return any(session, threadId)
                ? Line.of(thread, session.all(LINE, RequestRows::read, threadId, Moments.stored(now), requestId))
                : Line.of(thread, List.of());
    }

    static Line wholeLine(Session session, String threadId, LineThread thread) throws SQLException {
        return Line.of(thread, session.all(ALL_OF_THREAD, RequestRows::read, threadId));
    }

    static void save(Session session, String threadId, Line line) throws SQLException {
        for (String id : line.removed()) {
            session.update(DELETE, threadId, id);
        }
        for (RequestRow row : line.changed()) {
            put(session, row);
        }
        RecordRows.settled(session, threadId, line.changed(), line.removed());
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
                dev.clew.value.Spans.nanos(request.delay()),
                Moments.stored(row.enqueuedAt()),
                Moments.storedOrNull(row.dueAt()),
                row.owner(),
                row.attempts(),
                row.losses(),
                row.isCancelled(),
                row.rollsBack(),
                row.deployments().last(),
                String.join("\n", row.deployments().excluded()),
                Moments.storedOrNull(row.deployments().until()),
                request.config(),
                request.input(),
                row.detail());
    }

    static RequestRow read(ResultSet row) throws SQLException {
        QueuedRun request = new QueuedRun(
                row.getString("thread"),
                row.getString("id"),
                row.getString("queue"),
                row.getString("workflow"),
                row.getInt("priority"),
                row.getString("concurrency_key"),
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
                row.getString("owner"),
                row.getInt("attempts"),
                row.getInt("losses"),
                row.getBoolean("cancelled"),
                row.getString("rolls_back"),
                deployments(row),
                row.getBytes("detail"));
    }

    private static RequestDeployments deployments(ResultSet row) throws SQLException {
        String excluded = row.getString("not_deployments");
        return new RequestDeployments(
                row.getString("deployment"),
                excluded.isEmpty() ? Set.of() : Set.of(excluded.split("\n")),
                Moments.readOrNull(row, "excluded_until"));
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
