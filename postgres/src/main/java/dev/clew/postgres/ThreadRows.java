package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code thread}. */
final class ThreadRows {
    /** Whether answers wait for the head run of the row {@code t}. */
    static final String ANSWERS_WAIT =
            "EXISTS (SELECT FROM {s}.answer a WHERE a.thread_id = t.id AND a.run_id = t.run_id)";

    /** What {@link #read} reads of the row {@code t}. */
    static final String COLUMNS = "t.id, t.workflow, t.status, t.run_id, t.checkpoint_id, t.wake_at, t.stalls,"
            + " t.runs, t.epoch, t.owner, t.owned_since, t.owned_until <= (SELECT now FROM n) AS expired, t.cancel,"
            + " t.created_at, t.updated_at, " + ANSWERS_WAIT + " AS answers_wait, "
            + RequestRows.QUEUED + " AS queued";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM {s}.thread t";

    /** The thread has no lease, or its lease has expired. */
    static final String GONE = "(t.owned_until IS NULL OR t.owned_until <= (SELECT now FROM n))";

    /** So few are read by the index of what is due and put in order; more are come by soon in the order of the ids. */
    private static final int FEW_DUE = 2_000;

    private static final String MANY_DUE =
            "SELECT 1 FROM {s}.thread t WHERE t.wake_at <= ? ORDER BY t.wake_at OFFSET " + FEW_DUE + " LIMIT 1";

    private static final String DUE =
            "SELECT " + COLUMNS + " FROM (SELECT d.* FROM {s}.thread d WHERE d.wake_at <= ? OFFSET 0) t WHERE TRUE";

    /** The sum keeps the planner from the index of what is due. */
    private static final String DUE_IN_ORDER = SELECT + " WHERE t.wake_at + 0 <= ?";

    private static final String BY_ID = "WITH " + StoreTime.NOW + " " + SELECT + " WHERE t.id = ?";

    private ThreadRows() {}

    static Optional<ThreadRecord> find(Session session, String threadId, StoreTime time) throws SQLException {
        return session.first(BY_ID, ThreadRows::read, time.argument(), threadId);
    }

    static List<ThreadRecord> list(Session session, ThreadQuery query, StoreTime time) throws SQLException {
        boolean manyDue = query.dueBefore() != null
                && session.first(MANY_DUE, row -> 1, Moments.stored(query.dueBefore()))
                        .isPresent();
        return listing(query, manyDue, time).all(session, ThreadRows::read);
    }

    /** Each way reads one index in order, or only what is due; none reads all threads to find a few. */
    private static Sql listing(ThreadQuery query, boolean manyDue, StoreTime time) {
        Sql sql = new Sql().add("WITH " + StoreTime.NOW + " ", time.argument());
        Set<ThreadStatus> statuses = query.statuses();
        if (query.dueBefore() != null) {
            sql.add(manyDue ? DUE_IN_ORDER : DUE, Moments.stored(query.dueBefore()));
            if (!statuses.isEmpty()) {
                addAnyStatus(sql, statuses);
            }
            addRest(sql, query);
        } else if (statuses.isEmpty()) {
            addRest(sql.add(SELECT + " WHERE TRUE"), query);
        } else {
            addByStatus(sql, query);
        }
        return sql.add(" ORDER BY id LIMIT ?", query.limit());
    }

    private static void addAnyStatus(Sql sql, Set<ThreadStatus> statuses) {
        String separator = " AND (";
        for (ThreadStatus status : EnumSet.copyOf(statuses)) {
            for (ThreadStatus stored : stored(status)) {
                sql.add(separator).add(condition(status, stored));
                separator = " OR ";
            }
        }
        sql.add(")");
    }

    /** One ordered part per status, each read in the order of an index and no longer than the page. */
    private static void addByStatus(Sql sql, ThreadQuery query) {
        String separator = "SELECT * FROM (";
        for (ThreadStatus status : EnumSet.copyOf(query.statuses())) {
            for (ThreadStatus stored : stored(status)) {
                sql.add(separator + "(" + SELECT + " WHERE " + condition(status, stored));
                addRest(sql, query);
                sql.add(" ORDER BY t.id LIMIT ?)", query.limit());
                separator = " UNION ALL ";
            }
        }
        sql.add(") found");
    }

    /** As what a thread of this status may be stored. */
    private static Set<ThreadStatus> stored(ThreadStatus status) {
        return switch (status) {
            case CRASHED -> EnumSet.of(ThreadStatus.RUNNING, ThreadStatus.UNDOING);
            case ANSWERED ->
                EnumSet.of(
                        ThreadStatus.ANSWERED,
                        ThreadStatus.RUNNING,
                        ThreadStatus.UNDOING,
                        ThreadStatus.INTERRUPTED,
                        ThreadStatus.SLEEPING);
            default -> EnumSet.of(status);
        };
    }

    /**
     * The stored status is seen together with the lease and with the answers that wait, as ThreadRecord.status() does. The name
     * stands in the text, because only then the planner knows that the index of open threads has it.
     */
    private static String condition(ThreadStatus status, ThreadStatus stored) {
        String named = "t.status = '" + stored.name() + "'";
        return switch (stored) {
            case RUNNING, UNDOING ->
                switch (status) {
                    case RUNNING, UNDOING -> "(" + named + " AND NOT " + GONE + ")";
                    case ANSWERED -> "(" + named + " AND " + GONE + " AND " + ANSWERS_WAIT + ")";
                    default -> "(" + named + " AND " + GONE + " AND NOT " + ANSWERS_WAIT + ")";
                };
            case INTERRUPTED, SLEEPING ->
                "(" + named + (status == ThreadStatus.ANSWERED ? " AND (" : " AND NOT (") + GONE + " AND "
                        + ANSWERS_WAIT + "))";
            default -> named;
        };
    }

    private static void addRest(Sql sql, ThreadQuery query) {
        if (query.after() != null) {
            sql.add(" AND t.id > ?", query.after());
        }
        if (!query.ids().isEmpty()) {
            sql.add(" AND t.id = ANY (?)", Column.texts(List.copyOf(query.ids())));
        }
        if (!query.workflows().isEmpty()) {
            sql.add(" AND t.workflow = ANY (?)", Column.texts(List.copyOf(query.workflows())));
        }
    }

    static ThreadRecord read(ResultSet row) throws SQLException {
        String id = Texts.read(row.getString("id"));
        Head head = new Head(
                status(row.getString("status"), id),
                Texts.readOrNull(row.getString("run_id")),
                Texts.read(row.getString("checkpoint_id")),
                Moments.readOrNull(row, "wake_at"),
                row.getInt("stalls"));
        return new ThreadRecord(
                id,
                Texts.read(row.getString("workflow")),
                head,
                row.getInt("runs"),
                row.getLong("epoch"),
                lease(row),
                row.getBoolean("cancel"),
                row.getBoolean("answers_wait"),
                row.getBoolean("queued"),
                Moments.read(row, "created_at"),
                Moments.read(row, "updated_at"));
    }

    private static @Nullable Lease lease(ResultSet row) throws SQLException {
        @Nullable String owner = row.getString("owner");
        if (owner == null) {
            return null;
        }
        return new Lease(Texts.read(owner), Moments.read(row, "owned_since"), row.getBoolean("expired"));
    }

    static ThreadStatus status(String stored, String threadId) {
        try {
            return ThreadStatus.valueOf(stored);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("thread '" + threadId + "' has unknown status '" + stored + "'", e);
        }
    }
}
