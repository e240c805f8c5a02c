package dev.clew.sqlite;

import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes rows of {@code run} and {@code log}. */
final class RunRows {
    /** How many places a run's log has; the run's key is what a place has above them. */
    private static final long PLACES = 1L << 32;

    static final long LAST_SEQ = PLACES - 1;

    private static final String OF_THREAD = """
            SELECT r.id, number, input_checkpoint, output_checkpoint, seed, started_at, r.status, detail
            FROM thread t JOIN run r ON r.thread = t.key
            WHERE t.id = ?""";

    private static final String SELECT = OF_THREAD + " AND r.id = ?";

    private static final String ALL = OF_THREAD + " ORDER BY number, r.key";

    private static final String SCAN = """
            SELECT place, bytes
            FROM log
            WHERE place BETWEEN
                  (SELECT r.key FROM thread t JOIN run r ON r.thread = t.key WHERE t.id = ?1 AND r.id = ?2) * 4294967296
                  + ?3
              AND
                  (SELECT r.key FROM thread t JOIN run r ON r.thread = t.key WHERE t.id = ?1 AND r.id = ?2) * 4294967296
                  + 4294967295
            ORDER BY place
            LIMIT ?4""";

    private static final String PUT = """
            INSERT INTO run (thread, id, number, input_checkpoint, output_checkpoint, seed, started_at, status, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (thread, id) DO UPDATE SET
                number = excluded.number,
                input_checkpoint = excluded.input_checkpoint,
                output_checkpoint = excluded.output_checkpoint,
                seed = excluded.seed,
                started_at = excluded.started_at,
                status = excluded.status,
                detail = excluded.detail
            RETURNING key""";

    private static final String REPLACE = """
            UPDATE run
            SET number = ?, input_checkpoint = ?, output_checkpoint = ?, seed = ?, started_at = ?, status = ?, detail = ?
            WHERE key = ?""";

    private static final String COUNT = "UPDATE thread SET runs = ?1 WHERE key = ?2 AND runs < ?1";

    private static final String APPEND = "INSERT INTO log (place, bytes) VALUES (?, ?)";

    private static final String DELETE_LOG = "DELETE FROM log WHERE place BETWEEN ? AND ?";

    private static final String DELETE = "DELETE FROM run WHERE key = ?";

    private RunRows() {}

    static Optional<RunRecord> find(Session session, String threadId, String runId) throws SQLException {
        return session.first(SELECT, row -> read(row, threadId), threadId, runId);
    }

    static List<RunRecord> all(Session session, String threadId) throws SQLException {
        return session.all(ALL, row -> read(row, threadId), threadId);
    }

    static List<LogRecord> scan(Session session, String threadId, String runId, long fromSeq, int atMost)
            throws SQLException {
        if (fromSeq > LAST_SEQ) {
            return List.of();
        }
        return session.all(
                SCAN,
                row -> new LogRecord(seq(row.getLong(1)), bytes(row, 2)),
                threadId,
                runId,
                Math.max(0, fromSeq),
                atMost);
    }

    /** Inserts or replaces a run's row; gives its key. */
    static long put(Session session, long thread, RunRecord run) throws SQLException {
        session.update(COUNT, run.number(), thread);
        return session.first(
                        PUT,
                        row -> row.getLong(1),
                        thread,
                        run.runId(),
                        run.number(),
                        run.inputCheckpoint(),
                        run.outputCheckpoint(),
                        run.seed(),
                        Moments.stored(run.startedAt()),
                        run.status().name(),
                        run.detail())
                .orElseThrow(() -> new SQLException("the run's row was not written"));
    }

    /** Replaces the row of a run that has this key. */
    static void replace(Session session, long key, RunRecord run) throws SQLException {
        session.update(
                REPLACE,
                run.number(),
                run.inputCheckpoint(),
                run.outputCheckpoint(),
                run.seed(),
                Moments.stored(run.startedAt()),
                run.status().name(),
                run.detail(),
                key);
    }

    static void append(Session session, long run, List<LogRecord> records) throws SQLException {
        for (LogRecord record : records) {
            session.update(APPEND, run * PLACES + record.seq(), record.bytes());
        }
    }

    static void delete(Session session, long run) throws SQLException {
        deleteLog(session, run);
        session.update(DELETE, run);
    }

    static void deleteLog(Session session, long run) throws SQLException {
        session.update(DELETE_LOG, run * PLACES, run * PLACES + LAST_SEQ);
    }

    private static RunRecord read(ResultSet row, String threadId) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                row.getInt("number"),
                row.getString("input_checkpoint"),
                row.getString("output_checkpoint"),
                row.getLong("seed"),
                Moments.read(row, "started_at"),
                ThreadRows.status(row.getString("status"), threadId),
                row.getBytes("detail"));
    }

    static long seq(long place) {
        return place % PLACES;
    }

    /** The driver gives null for bytes of length 0. */
    static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
