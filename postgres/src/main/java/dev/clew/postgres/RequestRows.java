package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.queue.Line;
import dev.clew.queue.LineThread;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestDeployments;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.value.Spans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and writes rows of {@code request}. */
final class RequestRows {
    /** Whether the head run of the row {@code t} has a request. EXISTS might read the whole table and hash it. */
    static final String QUEUED =
            "coalesce((SELECT q.opened FROM {s}.request q WHERE q.thread_id = t.id AND q.id = t.run_id), false)";

    static final String COLUMNS = "SELECT q.thread_id, q.id, q.queue, q.workflow, q.state, q.opened, q.priority,"
            + " q.concurrency_key, q.abandons, q.delay, q.enqueued_at, q.due_at, q.owner, q.attempts, q.losses,"
            + " q.cancelled, q.rolls_back, q.deployment, q.not_deployments, q.excluded_until, q.config, q.input, q.detail FROM {s}.request q ";

    private static final String BY_ID = COLUMNS + "WHERE q.thread_id = ? AND q.id = ?";

    private static final String WHOLE_LINE = COLUMNS + "WHERE q.thread_id = ? FOR UPDATE OF q";

    private static final String PUT = """
            INSERT INTO {s}.request (thread_id, id, queue, workflow, state, opened, priority, concurrency_key, abandons,
                delay, enqueued_at, due_at, owner, attempts, losses, cancelled, rolls_back, deployment, not_deployments,
                excluded_until, config, input, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::bigint, ?, ?, ?, ?, ?, ?, ?, ?::bigint, ?, ?::bytea, ?::bytea)""";

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
        if (query.workflow() != null) {
            sql.add(" AND q.workflow = ?", query.workflow());
        }
        if (query.owner() != null) {
            sql.add(" AND q.owner = ?", query.owner());
        }
        RequestRow after = query.after();
        if (after != null) {
            sql.add(
                    " AND (q.thread_id, q.enqueued_at, q.id) > (?, ?, ?)",
                    after.request().threadId(),
                    Moments.stored(after.enqueuedAt()),
                    after.request().requestId());
        }
        if (!query.states().isEmpty()) {
            // Part of the text, so that the indexes of some states are found.
            sql.add(query.states().stream()
                    .map(state -> '\'' + state.name() + '\'')
                    .sorted()
                    .collect(Collectors.joining(", ", " AND q.state IN (", ")")));
        }
        return sql.add(" ORDER BY q.thread_id, q.enqueued_at, q.id LIMIT ?", query.limit())
                .all(session, RequestRows::read);
    }

    static Line wholeLine(Session session, String threadId, LineThread thread) throws SQLException {
        return Line.of(thread, session.all(WHOLE_LINE, RequestRows::read, threadId));
    }

    /** Adds a request. */
    static void put(Session session, RequestRow row) throws SQLException {
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
                row.losses(),
                row.isCancelled(),
                row.rollsBack(),
                row.deployments().last(),
                excluded(row),
                Moments.storedOrNull(row.deployments().until()),
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
                row.getInt("losses"),
                row.getBoolean("cancelled"),
                Texts.readOrNull(row.getString("rolls_back")),
                deployments(row),
                row.getBytes("detail"));
    }

    /** The stored form of the deployments that do not take a request; their names have no control characters. */
    static String excluded(RequestRow row) {
        return String.join("\n", row.deployments().excluded());
    }

    private static RequestDeployments deployments(ResultSet row) throws SQLException {
        String excluded = Texts.read(row.getString("not_deployments"));
        return new RequestDeployments(
                Texts.readOrNull(row.getString("deployment")),
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
