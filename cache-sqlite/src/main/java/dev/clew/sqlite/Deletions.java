package dev.clew.sqlite;

import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.RunRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes threads and runs that nobody owns. */
final class Deletions {
    private static final String FIND =
            "SELECT key, epoch = ? AND (owned_until IS NULL OR owned_until <= ?) AS deletable"
                    + " FROM thread WHERE id = ?";

    private static final String REQUESTED =
            "SELECT 1 FROM request WHERE thread = ? AND state NOT IN ('REFUSED', 'CANCELLED') LIMIT 1";

    private static final String RUNS = "SELECT key FROM run WHERE thread = ?";

    private static final String RUN = "SELECT key FROM run WHERE thread = ? AND id = ?";

    private static final String RETIRE = "UPDATE retired_epoch SET epoch = max(epoch, ?)";

    private static final String DELETE_THREAD = "DELETE FROM thread WHERE key = ?";

    private Deletions() {}

    private record Found(long thread, boolean deletable) {}

    static boolean apply(Session session, Deletion deletion, Instant now) throws SQLException {
        Optional<Found> found = session.first(
                FIND,
                row -> new Found(row.getLong(1), row.getBoolean(2)),
                deletion.expectedEpoch(),
                Moments.stored(now),
                deletion.threadId());
        if (found.isEmpty()) {
            if (deletion.runIds().isEmpty()) {
                deleteBeside(session, deletion.threadId(), now);
            }
            return true;
        }
        if (!found.get().deletable() || deletion.onlyUnrequested() && isRequested(session, deletion)) {
            return false;
        }
        long thread = found.get().thread();
        if (deletion.runIds().isEmpty()) {
            deleteThread(session, thread, deletion.expectedEpoch());
            deleteBeside(session, deletion.threadId(), now);
        } else {
            deleteRuns(session, thread, deletion);
        }
        return true;
    }

    private static boolean isRequested(Session session, Deletion deletion) throws SQLException {
        return session.first(REQUESTED, row -> true, deletion.threadId()).isPresent();
    }

    /** What a thread may have also if it never ran. */
    private static void deleteBeside(Session session, String threadId, Instant now) throws SQLException {
        QueueChanges.deleted(session, threadId, now);
        RecordRows.delete(session, threadId);
        TapeRows.delete(session, threadId);
        IndexRows.delete(session, threadId);
    }

    /** Runs and checkpoints go with the thread's row; the log has no reference that could say so. */
    private static void deleteThread(Session session, long thread, long epoch) throws SQLException {
        List<Long> runs = session.all(RUNS, row -> row.getLong(1), thread);
        for (long run : runs) {
            RunRows.delete(session, run);
        }
        session.update(RETIRE, epoch);
        session.update(DELETE_THREAD, thread);
    }

    private static void deleteRuns(Session session, long thread, Deletion deletion) throws SQLException {
        for (String id : deletion.looseCheckpoints()) {
            CheckpointRows.deleteLoose(session, thread, id);
        }
        for (String id : deletion.keptCheckpoints()) {
            CheckpointRows.keep(session, thread, id, deletion.runIds());
        }
        for (String runId : deletion.runIds()) {
            TapeRows.delete(session, deletion.threadId(), runId);
            Optional<Long> run = session.first(RUN, row -> row.getLong(1), thread, runId);
            if (run.isPresent()) {
                RunRows.delete(session, run.get());
            }
            CheckpointRows.deleteOfRun(session, thread, runId);
            AnswerRows.deleteOfRun(session, thread, runId);
            RecordRows.deleteOfRun(session, deletion.threadId(), runId);
        }
    }

    /** Deletes what a cancelled run has, but for its row, which stays as this one. */
    static void rollBack(Session session, String threadId, RunRecord row) throws SQLException {
        Optional<Long> thread = session.first("SELECT key FROM thread WHERE id = ?", key -> key.getLong(1), threadId);
        if (thread.isPresent()) {
            long run = RunRows.put(session, thread.get(), row);
            RunRows.deleteLog(session, run);
            TapeRows.delete(session, threadId, row.runId());
            CheckpointRows.deleteOfRun(session, thread.get(), row.runId());
            AnswerRows.deleteOfRun(session, thread.get(), row.runId());
        }
    }
}
