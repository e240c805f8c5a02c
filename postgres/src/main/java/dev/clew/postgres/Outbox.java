package dev.clew.postgres;

import dev.clew.queue.QueuedRun;
import dev.clew.value.Spans;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Adds requests in transactions of the caller's, which may take long. So no line is locked: a row is added as a delayed one that is
 * due at once, and whoever finds it after the commit, under the lock of its thread's line, lets it join. A line's order is that of
 * joining; so nothing that becomes visible late comes before what has run.
 */
final class Outbox {
    /**
     * A run row that is stored is seen, and so is a request. A run whose last transaction is under way may be missed: then the row
     * is added, and removed when it should join.
     */
    private static final String ADD = "WITH " + StoreTime.NOW + """
             INSERT INTO {s}.request (thread_id, id, queue, workflow, state, opened, priority, concurrency_key, abandons,
                delay, enqueued_at, due_at, attempts, config, input)
            SELECT ?, ?, ?, ?, 'DELAYED', false, ?, ?::text, ?, ?, n.now,
                n.now + least(?, 9223372036854775807 - n.now), 0, ?, ?::bytea
            FROM n WHERE NOT EXISTS (SELECT FROM {s}.run r WHERE r.thread_id = ? AND r.id = ?)
            ON CONFLICT (thread_id, id) DO NOTHING""";

    private Outbox() {}

    /** Leaves the connection, its transaction and its settings as they are. */
    static void add(Connection connection, String schema, QueuedRun request, StoreTime time) throws SQLException {
        PostgresQueue.requireFits(request);
        Session session = new Session(connection, schema);
        long delay = Spans.nanos(request.delay());
        try {
            session.update(
                    ADD,
                    time.argument(),
                    request.threadId(),
                    request.requestId(),
                    request.queue(),
                    request.workflow(),
                    request.priority(),
                    request.concurrencyKey(),
                    request.abandons(),
                    delay,
                    delay,
                    request.config(),
                    request.input(),
                    request.threadId(),
                    request.requestId());
        } finally {
            session.closeStatements();
        }
    }
}
