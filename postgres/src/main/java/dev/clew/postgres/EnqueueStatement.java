package dev.clew.postgres;

import dev.clew.queue.QueuedRun;
import dev.clew.value.Spans;
import java.sql.SQLException;
import java.util.List;

/**
 * Adds a request to a line that is empty, which is what most lines are: one message, and so one transaction. The second
 * statement sees what was stored before the line's lock was free. All else is the general way's,
 * also if a transaction with an outbox had the same request.
 */
final class EnqueueStatement {
    private static final String ADD = QueueLines.LOCK + "; WITH " + StoreTime.NOW + """
             INSERT INTO {s}.request (thread_id, id, queue, workflow, state, opened, priority, concurrency_key, abandons,
                delay, enqueued_at, attempts, deployment, config, input)
            SELECT e.id, ?, ?, ?, 'READY', false, ?, ?, ?, ?, n.now, 0, ?, ?, ?::bytea
            FROM n CROSS JOIN unnest(?) e(id)
            WHERE coalesce((SELECT false FROM {s}.request q WHERE q.thread_id = e.id LIMIT 1), true)
                AND coalesce((SELECT false FROM {s}.run r WHERE r.thread_id = e.id AND r.id = ?), true)
                AND coalesce((SELECT t.owner IS NULL AND t.status IN ('IDLE', 'FAILED', 'CANCELLED', 'UNDONE')
                    AND t.workflow = ? FROM {s}.thread t WHERE t.id = e.id), true)
            ON CONFLICT (thread_id, id) DO NOTHING
            RETURNING id""";

    private EnqueueStatement() {}

    /** False, with nothing stored, if its line or its thread is not free, that has another workflow, or the request is delayed. */
    static boolean addToEmptyLine(Session session, QueuedRun request, StoreTime time) throws SQLException {
        if (!request.delay().isZero()) {
            return false;
        }
        Column thread = Column.texts(List.of(request.threadId()));
        return !session.all(
                        1,
                        ADD,
                        row -> true,
                        thread,
                        time.argument(),
                        request.requestId(),
                        request.queue(),
                        request.workflow(),
                        request.priority(),
                        request.concurrencyKey(),
                        request.abandons(),
                        Spans.nanos(request.delay()),
                        request.deployment(),
                        request.config(),
                        request.input(),
                        thread,
                        request.requestId(),
                        request.workflow())
                .isEmpty();
    }
}
