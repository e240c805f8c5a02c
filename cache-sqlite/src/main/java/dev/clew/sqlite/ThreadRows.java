package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code thread}. */
final class ThreadRows {
    /** What {@link #read} reads of the rows of {@code thread}. */
    static final String COLUMNS = "id, workflow, status, run_id, checkpoint_id, wake_at, stalls, runs, epoch,"
            + " owner, owned_since, owned_until, cancel, created_at, updated_at, "
            + AnswerRows.WAIT + " AS answers_wait, " + RequestRows.QUEUED + " AS queued";

    /** The thread has no lease, or its lease has expired. */
    private static final String GONE = "(owned_until IS NULL OR owned_until <= ?)";

    /** The sign keeps SQLite from the index of all threads with the status. */
    private static final String ANSWERED = "+status = ? AND key IN (SELECT thread FROM answer)";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM thread";

    /** So few are read by the index of what is due and put in order; more are come by soon in the order of the ids. */
    static final int FEW_DUE = 2_000;

    private static final String MANY_DUE =
            "SELECT 1 FROM thread WHERE wake_at <= ? ORDER BY wake_at LIMIT 1 OFFSET " + FEW_DUE;

    private static final String DUE = SELECT + " INDEXED BY thread_by_wake WHERE wake_at <= ?";

    /** The sign keeps SQLite from the index of what is due. */
    private static final String DUE_IN_ORDER = SELECT + " WHERE +wake_at <= ?";

    private static final String BY_ID = SELECT + " WHERE id = ?";

    private ThreadRows() {}

    static Optional<ThreadRecord> find(Session session, String threadId, Instant now) throws SQLException {
        return session.first(BY_ID, row -> read(row, now), threadId);
    }

    static List<ThreadRecord> list(Session session, ThreadQuery query, Instant now) throws SQLException {
        return listing(session, query, now).all(session, row -> read(row, now));
    }

    /** Each way reads one index in order, or only what is due; none reads all threads to find a few. */
    static Sql listing(Session session, ThreadQuery query, Instant now) throws SQLException {
        Sql sql = new Sql("");
        Set<ThreadStatus> statuses = query.statuses();
        if (query.dueBefore() != null) {
            long dueBefore = Moments.stored(query.dueBefore());
            boolean many = session.first(MANY_DUE, row -> 1, dueBefore).isPresent();
            addDue(sql.add(many ? DUE_IN_ORDER : DUE, dueBefore), query, now);
        } else if (statuses.isEmpty()) {
            addRest(sql.add(SELECT + " WHERE TRUE"), query);
        } else {
            addByStatus(sql, query, now);
        }
        return sql.add(" ORDER BY id LIMIT ?", Math.max(0, query.limit()));
    }

    private static void addDue(Sql sql, ThreadQuery query, Instant now) {
        if (!query.statuses().isEmpty()) {
            String separator = " AND (";
            for (ThreadStatus status : EnumSet.copyOf(query.statuses())) {
                for (ThreadStatus stored : stored(status)) {
                    sql.add(separator);
                    addStatus(sql, status, stored, now);
                    separator = " OR ";
                }
            }
            sql.add(")");
        }
        addRest(sql, query);
    }

    /** One ordered part per status, which SQLite merges. */
    private static void addByStatus(Sql sql, ThreadQuery query, Instant now) {
        String separator = "";
        for (ThreadStatus status : EnumSet.copyOf(query.statuses())) {
            for (ThreadStatus stored : stored(status)) {
                sql.add(separator + SELECT + " WHERE ");
                addStatus(sql, status, stored, now);
                addRest(sql, query);
                separator = " UNION ALL ";
            }
        }
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

    /** The stored status is seen together with the lease and with the answers that wait, as ThreadRecord.status() does. */
    private static void addStatus(Sql sql, ThreadStatus status, ThreadStatus stored, Instant now) {
        boolean rests = stored == ThreadStatus.INTERRUPTED || stored == ThreadStatus.SLEEPING;
        // Very many threads may rest, but answers wait for few of them.
        sql.add(rests && status == ThreadStatus.ANSWERED ? ANSWERED : "status = ?", stored.name());
        switch (stored) {
            case RUNNING, UNDOING -> {
                sql.add(status == stored ? " AND NOT " + GONE : " AND " + GONE, Moments.stored(now));
                if (status != stored) {
                    sql.add((status == ThreadStatus.ANSWERED ? " AND " : " AND NOT ") + AnswerRows.WAIT);
                }
            }
            case INTERRUPTED, SLEEPING ->
                sql.add(
                        (status == ThreadStatus.ANSWERED ? " AND (" : " AND NOT (") + GONE + " AND " + AnswerRows.WAIT
                                + ")",
                        Moments.stored(now));
            default -> {}
        }
    }

    private static void addRest(Sql sql, ThreadQuery query) {
        if (query.after() != null) {
            sql.add(" AND id > ?", query.after());
        }
        if (!query.ids().isEmpty()) {
            sql.add(" AND id IN ").addList(query.ids());
        }
        if (!query.workflows().isEmpty()) {
            sql.add(" AND workflow IN ").addList(query.workflows());
        }
    }

    static ThreadRecord read(ResultSet row, Instant now) throws SQLException {
        return new ThreadRecord(
                row.getString("id"),
                row.getString("workflow"),
                head(row),
                row.getInt("runs"),
                row.getLong("epoch"),
                lease(row, now),
                row.getBoolean("cancel"),
                row.getBoolean("answers_wait"),
                row.getBoolean("queued"),
                Moments.read(row, "created_at"),
                Moments.read(row, "updated_at"));
    }

    static Head head(ResultSet row) throws SQLException {
        return new Head(
                status(row.getString("status"), row.getString("id")),
                row.getString("run_id"),
                row.getString("checkpoint_id"),
                Moments.readOrNull(row, "wake_at"),
                row.getInt("stalls"));
    }

    private static @Nullable Lease lease(ResultSet row, Instant now) throws SQLException {
        String owner = row.getString("owner");
        if (owner == null) {
            return null;
        }
        boolean expired = row.getLong("owned_until") <= Moments.stored(now);
        return new Lease(owner, Moments.read(row, "owned_since"), expired);
    }

    static ThreadStatus status(String stored, String threadId) {
        try {
            return ThreadStatus.valueOf(stored);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("thread '" + threadId + "' has unknown status '" + stored + "'", e);
        }
    }
}
