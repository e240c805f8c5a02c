package dev.clew.postgres;

import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
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
    static final String SETTINGS =
            "SELECT paused, global_concurrency, per_key_concurrency FROM {s}.queue WHERE name = ?";

    private static final String CONFIGURE = """
            INSERT INTO {s}.queue (name, paused, global_concurrency, per_key_concurrency) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET paused = excluded.paused,
                global_concurrency = excluded.global_concurrency, per_key_concurrency = excluded.per_key_concurrency""";

    private static final String COUNTS = "SELECT state, count(*) FROM {s}.request WHERE queue = ? GROUP BY state";

    private static final String OLDEST =
            "SELECT enqueued_at FROM {s}.request WHERE queue = ? AND state = 'READY'" + " ORDER BY enqueued_at LIMIT 1";

    private static final String WORKERS =
            "SELECT owner, workflows, slots, seen_at, deployment FROM {s}.queue_worker WHERE queue = ? ORDER BY owner";

    private static final String WANTED =
            "SELECT DISTINCT workflow FROM {s}.request WHERE queue = ? AND state = 'READY'";

    private static final String REGISTER = """
            INSERT INTO {s}.queue_worker (owner, queue, workflows, slots, seen_at, deployment)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner, queue) DO UPDATE
            SET workflows = excluded.workflows, slots = excluded.slots, seen_at = excluded.seen_at,
                deployment = excluded.deployment""";

    private static final String FORGET = "DELETE FROM {s}.queue_worker WHERE seen_at < ?";

    private static final String OWNERS =
            "SELECT DISTINCT owner FROM {s}.request WHERE queue = ? AND state = 'TAKEN' AND owner IS NOT NULL";

    private static final String LEAVE = "DELETE FROM {s}.queue_worker WHERE owner = ? AND queue = ?";

    /** A backlog of a million need not be counted each second. */
    private static final String READY =
            "SELECT count(*) FROM (SELECT 1 FROM {s}.request WHERE queue = ? AND state = 'READY'" + " LIMIT "
                    + RunQueue.MOST_COUNTED + ") r";

    /** Threads some of whose requests are due, and those whose owner has let its lease or its reservation expire. */
    private static final String DUE_NOW = """
                (SELECT q.thread_id FROM {s}.request q
                 WHERE q.due_at <= (SELECT now FROM n) AND q.state NOT IN ('READY', 'WAITING', 'TAKEN')
                 ORDER BY q.due_at LIMIT 500)
                UNION ALL
                (SELECT q.thread_id FROM {s}.request q
                 WHERE q.state = 'TAKEN' AND q.due_at <= (SELECT now FROM n) LIMIT 500)
                UNION ALL
                (SELECT q.thread_id FROM {s}.request q
                 CROSS JOIN LATERAL (SELECT 1 FROM {s}.thread t
                    WHERE t.id = q.thread_id AND t.owner IS NOT NULL AND t.owned_until <= (SELECT now FROM n)) t
                 WHERE q.state = 'TAKEN' AND q.opened LIMIT 500)
            """;

    private static final String DUE = "WITH " + StoreTime.NOW + " SELECT DISTINCT thread_id FROM (" + DUE_NOW + ") due";

    /**
     * The same, and threads whose line waits for such an owner. Of a line that waits, only its first request is read; but every
     * thread with such a line is looked at.
     */
    private static final String DUE_OR_LEFT = "WITH RECURSIVE " + StoreTime.NOW + """
            , w(id) AS (
                (SELECT q.thread_id FROM {s}.request q WHERE q.state = 'WAITING' ORDER BY q.thread_id LIMIT 1)
                UNION ALL
                SELECT (SELECT q.thread_id FROM {s}.request q
                        WHERE q.state = 'WAITING' AND q.thread_id > w.id ORDER BY q.thread_id LIMIT 1)
                FROM w WHERE w.id IS NOT NULL)
            SELECT DISTINCT thread_id FROM (
            """ + DUE_NOW + """
                UNION ALL
                (SELECT w.id FROM w
                 CROSS JOIN LATERAL (SELECT t.status, t.cancel FROM {s}.thread t
                    WHERE t.id = w.id AND t.owner IS NOT NULL AND t.owned_until <= (SELECT now FROM n)) t
                 CROSS JOIN LATERAL (SELECT q.abandons FROM {s}.request q
                    WHERE q.thread_id = w.id AND q.state = 'WAITING' ORDER BY q.enqueued_at, q.id LIMIT 1) q
                 WHERE (t.status IN ('IDLE', 'FAILED', 'CANCELLED', 'UNDONE') OR t.cancel
                        OR q.abandons AND t.status IN ('INTERRUPTED', 'BLOCKED', 'STUCK'))
                    AND coalesce((SELECT false FROM {s}.request r
                        WHERE r.thread_id = w.id AND r.state = 'READY' AND NOT r.opened LIMIT 1), true)
                 LIMIT 500)) due""";

    private QueueRows() {}

    static QueueSettings settings(Session session, String queue) throws SQLException {
        return session.first(SETTINGS, QueueRows::readSettings, queue).orElse(QueueSettings.NONE);
    }

    static QueueSettings readSettings(ResultSet row) throws SQLException {
        return new QueueSettings(row.getBoolean(1), row.getInt(2), row.getInt(3));
    }

    static void configure(Session session, String queue, QueueSettings settings) throws SQLException {
        session.update(CONFIGURE, queue, settings.paused(), settings.globalConcurrency(), settings.perKeyConcurrency());
    }

    static void register(Session session, WorkerRecord worker, Instant now) throws SQLException {
        session.update(
                REGISTER,
                worker.owner(),
                worker.queue(),
                Column.texts(List.copyOf(worker.workflows())),
                worker.slots(),
                Moments.stored(worker.seenAt()),
                worker.deployment());
        session.update(FORGET, Moments.stored(now.minus(RunQueue.WORKER_KEPT)));
    }

    static void leave(Session session, String owner, String queue) throws SQLException {
        session.update(LEAVE, owner, queue);
    }

    /**
     * The threads some of whose requests are due, or were left by their owner.
     *
     * @param walks whether lines are looked at that wait for the owner of a run that was not enqueued
     */
    static List<String> due(Session session, StoreTime time, boolean walks) throws SQLException {
        return session.all(walks ? DUE_OR_LEFT : DUE, row -> Texts.read(row.getString("thread_id")), time.argument());
    }

    static int ready(Session session, String queue) throws SQLException {
        return session.first(READY, row -> row.getInt(1), queue).orElse(0);
    }

    static Set<String> owners(Session session, String queue) throws SQLException {
        return new HashSet<>(session.all(OWNERS, row -> Texts.read(row.getString(1)), queue));
    }

    static QueueState state(Session session, String queue) throws SQLException {
        Map<RequestState, Long> counts = new EnumMap<>(RequestState.class);
        session.all(COUNTS, row -> counts.put(RequestState.valueOf(row.getString(1)), row.getLong(2)) == null, queue);
        List<WorkerRecord> workers = session.all(WORKERS, row -> worker(row, queue), queue);
        Set<String> untaken = new HashSet<>(session.all(WANTED, row -> Texts.read(row.getString(1)), queue));
        workers.forEach(worker -> untaken.removeAll(worker.workflows()));
        Optional<Instant> oldest = session.first(OLDEST, row -> Moments.read(row, "enqueued_at"), queue);
        return new QueueState(queue, settings(session, queue), counts, oldest.orElse(null), workers, untaken);
    }

    private static WorkerRecord worker(ResultSet row, String queue) throws SQLException {
        Set<String> workflows = new HashSet<>();
        for (Object name : (Object[]) row.getArray("workflows").getArray()) {
            workflows.add(Texts.read((String) name));
        }
        return new WorkerRecord(
                Texts.read(row.getString("owner")),
                queue,
                workflows,
                row.getInt("slots"),
                Moments.read(row, "seen_at"),
                Texts.readOrNull(row.getString("deployment")));
    }
}
