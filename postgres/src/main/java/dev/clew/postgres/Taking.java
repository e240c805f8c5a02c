package dev.clew.postgres;

import dev.clew.queue.QueueSettings;
import dev.clew.queue.RequestRow;
import dev.clew.queue.TakeRequest;
import dev.clew.value.Spans;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes requests. It waits for no line: a request that somebody else has locked is skipped. Where a limit has to be counted, the
 * queue's row is locked first, and the next statement counts: one whose snapshot is older than the lock would count wrongly.
 */
final class Taking {
    private static final String LIMITED = "SELECT 1 FROM {s}.queue WHERE name = ? FOR UPDATE";

    private static final String TAKEN = "SELECT count(*) FROM {s}.request WHERE queue = ? AND state = 'TAKEN'";

    private static final String TAKE = "WITH " + StoreTime.NOW + """
            , c AS MATERIALIZED (
                SELECT q.thread_id, q.id FROM {s}.request q
                WHERE q.queue = ? AND q.state = 'READY' AND q.workflow = ANY (?)
                    AND (q.opened OR NOT ?) AND (q.due_at IS NULL OR q.due_at <= (SELECT now FROM n))
                    AND (?::text IS NULL OR coalesce(q.excluded_until, 0) <= (SELECT now FROM n)
                        OR position(E'\\n' || ? || E'\\n' IN E'\\n' || q.not_deployments || E'\\n') = 0)
                    AND (? = 0 OR q.concurrency_key IS NULL OR ? > (
                        SELECT count(*) FROM {s}.request o
                        WHERE o.queue = q.queue AND o.state = 'TAKEN' AND o.concurrency_key = q.concurrency_key))
                ORDER BY q.priority, q.enqueued_at, q.thread_id, q.id LIMIT ?
                FOR UPDATE SKIP LOCKED)
            , taken AS (
                UPDATE {s}.request q SET state = 'TAKEN', owner = ?, due_at = n.now + ?,
                    attempts = q.attempts + 1
                FROM c CROSS JOIN n WHERE q.thread_id = c.thread_id AND q.id = c.id
                RETURNING q.*)
            SELECT * FROM taken ORDER BY priority, enqueued_at, thread_id, id""";

    private Taking() {}

    static List<RequestRow> take(Session session, TakeRequest request, StoreTime time) throws SQLException {
        QueueSettings limits = QueueRows.settings(session, request.queue());
        if (limits.globalConcurrency() == 0 && limits.perKeyConcurrency() == 0) {
            return take(session, request, limits, request.most(), time);
        }
        return session.transaction(locked -> {
            locked.all(LIMITED, row -> true, request.queue());
            return takeLimited(locked, request, QueueRows.settings(locked, request.queue()), time);
        });
    }

    /** One after the other, since each counts for the next. */
    private static List<RequestRow> takeLimited(
            Session session, TakeRequest request, QueueSettings limits, StoreTime time) throws SQLException {
        long most = request.most();
        if (limits.globalConcurrency() > 0) {
            long taken =
                    session.first(TAKEN, row -> row.getLong(1), request.queue()).orElse(0L);
            most = Math.min(most, limits.globalConcurrency() - taken);
        }
        if (limits.perKeyConcurrency() == 0) {
            return most <= 0 ? List.of() : take(session, request, limits, (int) most, time);
        }
        List<RequestRow> all = new ArrayList<>();
        List<RequestRow> next = List.of();
        do {
            next = all.size() < most ? take(session, request, limits, 1, time) : List.of();
            all.addAll(next);
        } while (!next.isEmpty());
        return all;
    }

    private static List<RequestRow> take(
            Session session, TakeRequest request, QueueSettings limits, int most, StoreTime time) throws SQLException {
        return session.all(
                TAKE,
                RequestRows::read,
                time.argument(),
                request.queue(),
                Column.texts(List.copyOf(request.workflows())),
                limits.paused(),
                request.deployment(),
                request.deployment(),
                limits.perKeyConcurrency(),
                limits.perKeyConcurrency(),
                most,
                request.owner(),
                Spans.nanos(request.reservation()));
    }
}
