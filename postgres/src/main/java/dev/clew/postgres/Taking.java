package dev.clew.postgres;

import dev.clew.queue.QueueSettings;
import dev.clew.queue.RequestRow;
import dev.clew.queue.TakeRequest;
import dev.clew.value.Spans;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests. It waits for no line: a request that somebody else has locked is skipped. Where a limit has to be counted, the
 * queue's row is locked first, and the next statement counts: one whose snapshot is older than the lock would count wrongly. Both
 * are one message, so that a process that stops in the middle holds no lock. What was locked is updated by its place: a plan that was
 * made while the table was empty, as it often is, might look for a key among all.
 */
final class Taking {
    /**
     * How many statements are sent at once where each counts for the next. So many go out in one piece, the first time too, when
     * their texts are sent: a process that stopped between two pieces would have the lock until it goes on.
     */
    private static final int AT_ONCE = 3;

    private static final String LOCK = "SELECT 1 FROM {s}.queue WHERE name = ? FOR UPDATE";

    private static final String READY = """
            , c AS MATERIALIZED (
                SELECT q.ctid AS place, q.tableoid AS part FROM {s}.request q
                WHERE q.queue = ? AND q.state = 'READY' AND (q.priority, q.enqueued_at) >= (?, ?) AND q.workflow = ANY (?)
                    AND (q.due_at IS NULL OR q.due_at <= (SELECT now FROM n))
                    AND (?::text IS NULL OR coalesce(q.excluded_until, 0) <= (SELECT now FROM n)
                        OR position(E'\\n' || ? || E'\\n' IN E'\\n' || q.not_deployments || E'\\n') = 0)
            """;

    private static final String TAKEN = """
                FOR UPDATE SKIP LOCKED)
            , taken AS (
                UPDATE {s}.request q SET state = 'TAKEN', owner = ?, due_at = n.now + ?,
                    attempts = q.attempts + 1
                FROM c CROSS JOIN n WHERE q.ctid = c.place AND q.tableoid = c.part
                RETURNING q.*)
            SELECT * FROM taken ORDER BY priority, enqueued_at, thread_id, id""";

    private static final String ORDER = " ORDER BY q.priority, q.enqueued_at, q.thread_id, q.id LIMIT ";

    /** Takes nothing where a limit has to be counted. */
    private static final String UNLIMITED = "WITH " + StoreTime.NOW + """
            , g AS MATERIALIZED (
                SELECT s.paused, s.global_concurrency > 0 OR s.per_key_concurrency > 0 AS limited
                FROM {s}.queue s WHERE s.name = ?)
            """ + READY + """
                    AND NOT coalesce((SELECT limited FROM g), false)
                    AND (q.opened OR NOT coalesce((SELECT paused FROM g), false))
            """ + ORDER + "?" + TAKEN;

    /** If the server crashes, what was taken is READY again: no claim for it was stored, since claims are durable. */
    private static final String NOT_DURABLY = "SELECT set_config('synchronous_commit', 'off', true)";

    private static final String LIMITED =
            "WITH " + StoreTime.NOW + """
            , g AS MATERIALIZED (
                SELECT s.paused, s.per_key_concurrency AS of_key,
                    CASE WHEN s.global_concurrency = 0 THEN ?::bigint ELSE greatest(0, least(?::bigint,
                        s.global_concurrency - (SELECT count(*) FROM {s}.request o
                            WHERE o.queue = s.name AND o.state = 'TAKEN'))) END AS free
                FROM {s}.queue s WHERE s.name = ?)
            """ + READY + """
                    AND (q.opened OR NOT (SELECT paused FROM g))
                    AND (q.concurrency_key IS NULL OR (SELECT of_key FROM g) = 0 OR (SELECT of_key FROM g) > (
                        SELECT count(*) FROM {s}.request o
                        WHERE o.queue = q.queue AND o.state = 'TAKEN' AND o.concurrency_key = q.concurrency_key))
            """ + ORDER + "(SELECT free FROM g)" + TAKEN;

    private Taking() {}

    /** Takes what is READY from this place on. */
    static List<RequestRow> take(Session session, TakeRequest request, ReadyFrom.Place from, StoreTime time)
            throws SQLException {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(time.argument());
        arguments.add(request.queue());
        addReady(arguments, request, from);
        arguments.add(request.most());
        addTaken(arguments, request);
        Message message = new Message().add(NOT_DURABLY);
        List<QueueSettings> settings = message.read(QueueRows::readSettings, QueueRows.SETTINGS, request.queue());
        List<RequestRow> taken = message.read(RequestRows::read, UNLIMITED, arguments.toArray());
        message.send(session);
        QueueSettings limits = settings.isEmpty() ? QueueSettings.NONE : settings.get(0);
        if (!taken.isEmpty()) {
            return taken;
        }
        if (limits.perKeyConcurrency() > 0) {
            return takeOneByOne(session, request, from, time);
        }
        return limits.globalConcurrency() > 0 ? takeLimited(session, request, from, 1, request.most(), time) : taken;
    }

    private static List<RequestRow> takeOneByOne(
            Session session, TakeRequest request, ReadyFrom.Place from, StoreTime time) throws SQLException {
        List<RequestRow> all = new ArrayList<>();
        int asked;
        int got;
        do {
            asked = Math.min(AT_ONCE, request.most() - all.size());
            List<RequestRow> some = takeMore(session, request, from, asked, all.isEmpty(), time);
            all.addAll(some);
            got = some.size();
        } while (got == asked && all.size() < request.most());
        return all;
    }

    /** If the queue is locked, what was taken before is enough: only a take that has nothing is repeated. */
    private static List<RequestRow> takeMore(
            Session session, TakeRequest request, ReadyFrom.Place from, int asked, boolean isFirst, StoreTime time)
            throws SQLException {
        try {
            return takeLimited(session, request, from, asked, 1, time);
        } catch (SQLException failed) {
            if (isFirst || !PostgresFailures.isConflict(failed)) {
                throw failed;
            }
            return List.of();
        }
    }

    /** So many statements after the lock, each of which takes so many at most and counts what the ones before it took. */
    private static List<RequestRow> takeLimited(
            Session session, TakeRequest request, ReadyFrom.Place from, int statements, int most, StoreTime time)
            throws SQLException {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(request.queue());
        for (int i = 0; i < statements; i++) {
            arguments.add(time.argument());
            arguments.add(most);
            arguments.add(most);
            arguments.add(request.queue());
            addReady(arguments, request, from);
            addTaken(arguments, request);
        }
        return session.allFrom(1, LOCK + ("; " + LIMITED).repeat(statements), RequestRows::read, arguments.toArray());
    }

    private static void addReady(List<@Nullable Object> arguments, TakeRequest request, ReadyFrom.Place from) {
        arguments.add(request.queue());
        arguments.add(from.priority());
        arguments.add(from.enqueuedAt());
        arguments.add(Column.texts(List.copyOf(request.workflows())));
        arguments.add(request.deployment());
        arguments.add(request.deployment());
    }

    private static void addTaken(List<@Nullable Object> arguments, TakeRequest request) {
        arguments.add(request.owner());
        arguments.add(Spans.nanos(request.reservation()));
    }
}
