package dev.clew.sqlite;

import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestState;
import dev.clew.queue.WorkerRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes what is said of queues: settings, counts, workers. */
final class QueueRows {
    private static final String SETTINGS =
            "SELECT paused, global_concurrency, per_key_concurrency FROM queue WHERE name = ?";

    private static final String CONFIGURE = """
            INSERT INTO queue (name, paused, global_concurrency, per_key_concurrency) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET paused = excluded.paused, global_concurrency = excluded.global_concurrency,
                per_key_concurrency = excluded.per_key_concurrency""";

    private static final String COUNTS = "SELECT state, count(*) FROM request WHERE queue = ? GROUP BY state";

    private static final String OLDEST =
            "SELECT enqueued_at FROM request WHERE queue = ? AND state = 'READY' ORDER BY enqueued_at LIMIT 1";

    private static final String WORKERS =
            "SELECT owner, workflows, slots, seen_at, deployment FROM worker WHERE queue = ? ORDER BY owner";

    private static final String WANTED = "SELECT DISTINCT workflow FROM request WHERE queue = ? AND state = 'READY'";

    private static final String OWNERS =
            "SELECT DISTINCT owner FROM request WHERE queue = ? AND state = 'TAKEN' AND owner IS NOT NULL";

    private static final String LEAVE = "DELETE FROM worker WHERE owner = ? AND queue = ?";

    private QueueRows() {}

    static QueueSettings settings(Session session, String queue) throws SQLException {
        return session.first(SETTINGS, row -> new QueueSettings(row.getBoolean(1), row.getInt(2), row.getInt(3)), queue)
                .orElse(QueueSettings.NONE);
    }

    static void configure(Session session, String queue, QueueSettings settings) throws SQLException {
        session.update(CONFIGURE, queue, settings.paused(), settings.globalConcurrency(), settings.perKeyConcurrency());
    }

    static void leave(Session session, String owner, String queue) throws SQLException {
        session.update(LEAVE, owner, queue);
    }

    static Set<String> owners(Session session, String queue) throws SQLException {
        return new HashSet<>(session.all(OWNERS, row -> row.getString(1), queue));
    }

    static QueueState state(Session session, String queue) throws SQLException {
        Map<RequestState, Long> counts = new EnumMap<>(RequestState.class);
        session.all(COUNTS, row -> counts.put(RequestState.valueOf(row.getString(1)), row.getLong(2)), queue);
        List<WorkerRecord> workers = session.all(WORKERS, row -> worker(row, queue), queue);
        Set<String> untaken = new HashSet<>(session.all(WANTED, row -> row.getString(1), queue));
        workers.forEach(worker -> untaken.removeAll(worker.workflows()));
        Optional<Instant> oldest = session.first(OLDEST, row -> Moments.read(row, "enqueued_at"), queue);
        return new QueueState(queue, settings(session, queue), counts, oldest.orElse(null), workers, untaken);
    }

    private static WorkerRecord worker(ResultSet row, String queue) throws SQLException {
        return new WorkerRecord(
                row.getString("owner"),
                queue,
                Set.of(row.getString("workflows").split("\n")),
                row.getInt("slots"),
                Moments.read(row, "seen_at"),
                row.getString("deployment"));
    }
}
