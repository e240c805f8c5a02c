package dev.clew.postgres;

import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.RunRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Deletes threads and runs without an owner. */
final class Deletions {
    private static final String FIND = "WITH " + StoreTime.NOW + """
             SELECT t.epoch = ? AND (t.owned_until IS NULL OR t.owned_until <= (SELECT now FROM n)) AS deletable
            FROM {s}.thread t WHERE t.id = ? FOR UPDATE""";

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
