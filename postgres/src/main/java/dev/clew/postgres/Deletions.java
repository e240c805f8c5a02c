package dev.clew.postgres;

import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.RunRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes threads and runs without an owner. */
final class Deletions {
    private static final String FIND = "WITH " + StoreTime.NOW + """
             SELECT t.epoch = ? AND (t.owned_until IS NULL OR t.owned_until <= (SELECT now FROM n)) AS deletable
            FROM {s}.thread t WHERE t.id = ? FOR UPDATE""";

    /** What another transaction has locked is not found. */
    private static final String FIND_ALL = "WITH " + StoreTime.NOW + """
             SELECT e.id FROM unnest(?, ?) e(id, epoch)
            CROSS JOIN LATERAL (
                SELECT 1 FROM {s}.thread t
                WHERE t.id = e.id AND t.epoch = e.epoch AND (t.owned_until IS NULL OR t.owned_until <= (SELECT now FROM n))
                FOR UPDATE SKIP LOCKED) t""";

    private static final String UNREQUESTED = """
            SELECT e.id FROM unnest(?) e(id)
            WHERE coalesce((SELECT false FROM {s}.request q
                WHERE q.thread_id = e.id AND q.state NOT IN ('REFUSED', 'CANCELLED') LIMIT 1), true)""";

    private static final String REQUESTED =
            "SELECT 1 FROM {s}.request WHERE thread_id = ? AND state NOT IN ('REFUSED', 'CANCELLED') LIMIT 1";

    private static final String DELETE_THREAD = """
            DELETE FROM {s}.log WHERE thread_id = ?;
            DELETE FROM {s}.run WHERE thread_id = ?;
            DELETE FROM {s}.checkpoint WHERE thread_id = ?;
            DELETE FROM {s}.answer WHERE thread_id = ?;
            DELETE FROM {s}.thread WHERE id = ?""";

    /** What a thread may have also if it never ran. */
    private static final String DELETE_BESIDE = """
            DELETE FROM {s}.request_record WHERE thread_id = ?;
            DELETE FROM {s}.tape WHERE thread_id = ?;
            DELETE FROM {s}.thread_label WHERE thread_id = ?;
            DELETE FROM {s}.thread_info WHERE thread_id = ?""";

    private static final String DELETE_ALL = (DELETE_THREAD + "; " + DELETE_BESIDE).replace("id = ?", "id = ANY (?)");

    private static final int TABLES = 9;

    private static final String DELETE_LOOSE =
            "DELETE FROM {s}.checkpoint WHERE thread_id = ? AND run_id IS NULL AND id = ANY (?)";

    private static final String KEEP =
            "UPDATE {s}.checkpoint SET run_id = NULL WHERE thread_id = ? AND id = ANY (?) AND run_id = ANY (?)";

    private static final String DELETE_RUNS = """
            DELETE FROM {s}.log
            WHERE thread_id = ? AND run_no = ANY (ARRAY (SELECT no FROM {s}.run WHERE thread_id = ? AND id = ANY (?)));
            DELETE FROM {s}.tape
            WHERE thread_id = ? AND run_no = ANY (ARRAY (SELECT no FROM {s}.run WHERE thread_id = ? AND id = ANY (?)));
            DELETE FROM {s}.run WHERE thread_id = ? AND id = ANY (?);
            DELETE FROM {s}.checkpoint WHERE thread_id = ? AND run_id = ANY (?);
            DELETE FROM {s}.answer WHERE thread_id = ? AND run_id = ANY (?);
            DELETE FROM {s}.request_record WHERE thread_id = ? AND run_id = ANY (?)""";

    private static final String ROLL_BACK = """
            DELETE FROM {s}.log
            WHERE thread_id = ? AND run_no = (SELECT no FROM {s}.run WHERE thread_id = ? AND id = ?);
            DELETE FROM {s}.tape
            WHERE thread_id = ? AND run_no = (SELECT no FROM {s}.run WHERE thread_id = ? AND id = ?);
            DELETE FROM {s}.checkpoint WHERE thread_id = ? AND run_id = ?;
            DELETE FROM {s}.answer WHERE thread_id = ? AND run_id = ?;
            UPDATE {s}.run SET status = ?, detail = ? WHERE thread_id = ? AND id = ?""";

    private Deletions() {}

    static boolean apply(Session session, Deletion deletion, StoreTime time) throws SQLException {
        String thread = deletion.threadId();
        return session.transaction(locked -> {
            Optional<Boolean> deletable = locked.first(
                    FIND, row -> row.getBoolean("deletable"), time.argument(), deletion.expectedEpoch(), thread);
            if (deletable.isEmpty() && deletion.runIds().isEmpty()) {
                deleteBeside(locked, thread, time);
            }
            if (deletable.isEmpty() || !deletable.get()) {
                return deletable.isEmpty();
            }
            if (deletion.onlyUnrequested()
                    && locked.first(REQUESTED, row -> true, thread).isPresent()) {
                return false;
            }
            if (deletion.runIds().isEmpty()) {
                locked.update(DELETE_THREAD, thread, thread, thread, thread, thread);
                if (deletion.onlyUnrequested()) {
                    // A request that came since is not cancelled: its run opens the thread anew.
                    locked.update(DELETE_BESIDE, thread, thread, thread, thread);
                } else {
                    deleteBeside(locked, thread, time);
                }
            } else {
                deleteRuns(locked, thread, deletion);
            }
            return true;
        });
    }

    /** Whether others may share its transaction: those lock no line, so none waits for another in a circle. */
    static boolean sharesTransaction(Deletion deletion) {
        return deletion.onlyUnrequested() && deletion.runIds().isEmpty();
    }

    /**
     * Deletes whole threads by one transaction, with few statements.
     *
     * @param deletions sorted by their threads, of which each has one; they share a transaction
     * @return the threads that were deleted; those that could not be, and those that are not there, are left to {@link #apply}
     */
    static Set<String> applyAll(Session session, List<Deletion> deletions, StoreTime time) throws SQLException {
        Column ids = Column.texts(deletions.stream().map(Deletion::threadId).toList());
        Column epochs =
                Column.longs(deletions.stream().map(Deletion::expectedEpoch).toList());
        return session.transaction(locked -> {
            List<String> found = locked.all(FIND_ALL, Deletions::id, time.argument(), ids, epochs);
            List<String> unrequested = locked.all(UNREQUESTED, Deletions::id, Column.texts(found));
            @Nullable Object[] each = new Object[TABLES];
            Arrays.fill(each, Column.texts(unrequested));
            locked.update(DELETE_ALL, each);
            return Set.copyOf(unrequested);
        });
    }

    private static String id(ResultSet row) throws SQLException {
        return Texts.read(row.getString("id"));
    }

    private static void deleteBeside(Session session, String thread, StoreTime time) throws SQLException {
        QueueLines.deleted(session, thread, time);
        session.update(DELETE_BESIDE, thread, thread, thread, thread);
    }

    private static void deleteRuns(Session session, String thread, Deletion deletion) throws SQLException {
        Column runs = Column.texts(List.copyOf(deletion.runIds()));
        if (!deletion.looseCheckpoints().isEmpty()) {
            session.update(DELETE_LOOSE, thread, Column.texts(List.copyOf(deletion.looseCheckpoints())));
        }
        if (!deletion.keptCheckpoints().isEmpty()) {
            session.update(KEEP, thread, Column.texts(List.copyOf(deletion.keptCheckpoints())), runs);
        }
        session.update(
                DELETE_RUNS,
                thread,
                thread,
                runs,
                thread,
                thread,
                runs,
                thread,
                runs,
                thread,
                runs,
                thread,
                runs,
                thread,
                runs);
    }

    /** Deletes what a cancelled run has, but for its row. */
    static void rollBack(Session session, String thread, RunRecord row) throws SQLException {
        String run = row.runId();
        session.update(
                ROLL_BACK,
                thread,
                thread,
                run,
                thread,
                thread,
                run,
                thread,
                run,
                thread,
                run,
                row.status().name(),
                row.detail(),
                thread,
                run);
    }
}
