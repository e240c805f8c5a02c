package dev.clew.postgres;

import dev.clew.queue.Line;
import dev.clew.queue.LineThread;
import dev.clew.queue.LineThread.Owned;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes lines of many threads, each by one statement: of each line what its rules look at, and of each thread what
 * they ask. Whoever calls this holds the locks of the lines.
 */
final class LineRows {
    /**
     * What is opened, what is first, what is due, what is named, and the last one that waits, which says where a new one comes.
     * The rows are locked, so that no worker takes one of them meanwhile.
     */
    private static final String READ = "WITH " + StoreTime.NOW + """
             SELECT e.id AS line, n.now, t.status AS t_status, t.run_id AS t_run, t.wake_at AS t_wake, t.owned AS t_owned,
                t.expired AS t_expired, t.cancel AS t_cancel,
                coalesce((SELECT true FROM {s}.run r WHERE r.thread_id = q.thread_id AND r.id = q.id), false) AS stored,
                q.*
            FROM n CROSS JOIN unnest(?, ?) e(id, wanted)
            LEFT JOIN LATERAL (
                SELECT t.status, t.run_id, t.wake_at, t.cancel, t.owner IS NOT NULL AS owned,
                    t.owned_until <= n.now AS expired
                FROM {s}.thread t WHERE t.id = e.id) t ON true
            """;

    private static final String PART = " JOIN LATERAL (" + RequestRows.COLUMNS + """
            WHERE q.thread_id = e.id AND (
                q.opened OR q.state IN ('READY', 'TAKEN', 'HELD') OR q.due_at <= n.now OR q.id = e.wanted
                OR q.id = t.run_id
                OR q.id IN (SELECT w.id FROM {s}.request w WHERE w.thread_id = e.id AND w.state = 'WAITING'
                            ORDER BY w.enqueued_at, w.id LIMIT 2)
                OR q.id IN (SELECT w.id FROM {s}.request w WHERE w.thread_id = e.id AND w.state = 'WAITING'
                            ORDER BY w.enqueued_at DESC, w.id DESC LIMIT 1))
            FOR UPDATE OF q) q ON true""";

    /**
     * The row of a key, which is locked already. A plan that was made while the table was empty, as it often is, might join
     * all its rows with the keys instead.
     */
    private static final String PLACE = """
             CROSS JOIN LATERAL (SELECT r.ctid AS place, r.tableoid AS part FROM {s}.request r
                WHERE r.thread_id = u.thread_id AND r.id = u.id OFFSET 0) r
            WHERE q.ctid = r.place AND q.tableoid = r.part""";

    private static final String SAVE = """
            UPDATE {s}.request q SET state = u.state, opened = u.opened, enqueued_at = u.enqueued_at, due_at = u.due_at,
                owner = u.owner, attempts = u.attempts, losses = u.losses, cancelled = u.cancelled,
                deployment = u.deployment, not_deployments = u.not_deployments, excluded_until = u.excluded_until,
                detail = u.detail
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                u(thread_id, id, state, opened, enqueued_at, due_at, owner, attempts, losses, cancelled, deployment,
                not_deployments, excluded_until, detail)
            """ + PLACE;

    private static final String DELETE = "DELETE FROM {s}.request q USING unnest(?, ?) u(thread_id, id)" + PLACE;

    private LineRows() {}

    /** A line and its thread, as they were read. */
    record Read(Instant now, LineThread thread, List<RequestRow> rows, Set<String> stored) {
        Line line() {
            return Line.of(thread, rows);
        }

        /** Whether the thread has such a run; known of the requests that were read. */
        Predicate<String> isStored() {
            return stored::contains;
        }
    }

    /** The line of a thread, of which a request is wanted as well. */
    static Read of(Session session, String threadId, @Nullable String wanted, StoreTime time) throws SQLException {
        Map<String, Read> read = new HashMap<>();
        session.all(READ + "LEFT" + PART, row -> add(row, read), time.argument(), one(threadId), one(wanted));
        Read found = read.get(threadId);
        if (found == null) {
            throw new IllegalStateException("the line of thread '" + threadId + "' was not read");
        }
        return found;
    }

    /** The lines of those of these threads that have requests. */
    static Map<String, Read> of(Session session, List<String> threadIds, List<@Nullable String> wanted, StoreTime time)
            throws SQLException {
        Map<String, Read> read = new HashMap<>();
        session.all(
                READ + "CROSS" + PART.replace(" ON true", ""),
                row -> add(row, read),
                time.argument(),
                Column.texts(threadIds),
                Column.texts(wanted));
        return read;
    }

    private static Column one(@Nullable String text) {
        List<@Nullable String> texts = new ArrayList<>();
        texts.add(text);
        return Column.texts(texts);
    }

    private static boolean add(ResultSet row, Map<String, Read> all) throws SQLException {
        String threadId = Texts.read(row.getString("line"));
        Read read = all.get(threadId);
        if (read == null) {
            read = new Read(Moments.read(row, "now"), thread(row, threadId), new ArrayList<>(), new HashSet<>());
            all.put(threadId, read);
        }
        if (row.getString("id") != null) {
            RequestRow request = RequestRows.read(row);
            read.rows().add(request);
            if (row.getBoolean("stored")) {
                read.stored().add(request.request().requestId());
            }
        }
        return true;
    }

    private static LineThread thread(ResultSet row, String threadId) throws SQLException {
        String status = row.getString("t_status");
        if (status == null) {
            return LineThread.NONE;
        }
        boolean owned = row.getBoolean("t_owned");
        return new LineThread(
                ThreadRows.status(status, threadId),
                Texts.readOrNull(row.getString("t_run")),
                Moments.readOrNull(row, "t_wake"),
                !owned ? Owned.NOT : row.getBoolean("t_expired") ? Owned.EXPIRED : Owned.HELD,
                row.getBoolean("t_cancel"));
    }

    /**
     * Stores what changed in lines whose rows were all read.
     *
     * @return the queues that have READY requests of these lines now
     */
    static Set<String> save(Session session, Map<String, Line> lines) throws SQLException {
        List<String> threads = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<RequestRow> changed = new ArrayList<>();
        lines.forEach((threadId, line) -> {
            for (String id : line.removed()) {
                threads.add(threadId);
                removed.add(id);
            }
            changed.addAll(line.changed());
        });
        Sql sql = new Sql();
        if (!removed.isEmpty()) {
            sql.add(DELETE, Column.texts(threads), Column.texts(removed));
        }
        if (!changed.isEmpty()) {
            addChanged(sql.add(removed.isEmpty() ? "" : "; "), changed);
            RecordRows.addUnopenedEnds(sql, changed);
        }
        if (!removed.isEmpty() || !changed.isEmpty()) {
            sql.all(session, row -> true);
        }
        return changed.stream()
                .filter(row -> row.state() == RequestState.READY)
                .map(row -> row.request().queue())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void addChanged(Sql sql, Collection<RequestRow> changed) {
        List<RequestRow> rows = List.copyOf(changed);
        List<@Nullable Long> due = new ArrayList<>();
        List<@Nullable String> owners = new ArrayList<>();
        List<@Nullable String> deployments = new ArrayList<>();
        List<@Nullable Long> excluded = new ArrayList<>();
        List<byte @Nullable []> details = new ArrayList<>();
        for (RequestRow row : rows) {
            due.add(Moments.storedOrNull(row.dueAt()));
            owners.add(row.owner());
            deployments.add(row.deployments().last());
            excluded.add(Moments.storedOrNull(row.deployments().until()));
            details.add(row.detail());
        }
        sql.add(
                SAVE,
                Column.texts(rows.stream().map(row -> row.request().threadId()).toList()),
                Column.texts(rows.stream().map(row -> row.request().requestId()).toList()),
                Column.texts(rows.stream().map(row -> row.state().name()).toList()),
                Column.flags(rows.stream().map(RequestRow::isOpened).toList()),
                Column.longs(rows.stream()
                        .map(row -> Moments.stored(row.enqueuedAt()))
                        .toList()),
                Column.longs(due),
                Column.texts(owners),
                Column.ints(rows.stream().map(RequestRow::attempts).toList()),
                Column.ints(rows.stream().map(RequestRow::losses).toList()),
                Column.flags(rows.stream().map(RequestRow::isCancelled).toList()),
                Column.texts(deployments),
                Column.texts(rows.stream().map(RequestRows::excluded).toList()),
                Column.longs(excluded),
                Column.bytes(details));
    }
}
