package dev.clew.postgres;

import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads rows of {@code run} and {@code log}. */
final class RunRows {
    private static final String OF_THREAD = """
            SELECT id, number, input_checkpoint, output_checkpoint, seed, started_at, status, detail
            FROM {s}.run
            WHERE thread_id = ?""";

    private static final String SELECT = OF_THREAD + " AND id = ?";

    private static final String ALL = OF_THREAD + " ORDER BY number, no";

    private static final String SCAN = """
            SELECT seq, bytes
            FROM {s}.log
            WHERE thread_id = ? AND run_no = (SELECT no FROM {s}.run WHERE thread_id = ? AND id = ?) AND seq >= ?
            ORDER BY seq
            LIMIT ?""";

    private RunRows() {}

    static Optional<RunRecord> find(Session session, String threadId, String runId) throws SQLException {
        return session.first(SELECT, row -> read(row, threadId), threadId, runId);
    }

    static List<RunRecord> all(Session session, String threadId) throws SQLException {
        return session.all(ALL, row -> read(row, threadId), threadId);
    }

    static List<LogRecord> scan(Session session, String threadId, String runId, long fromSeq, int atMost)
            throws SQLException {
        if (fromSeq > Integer.MAX_VALUE) {
            return List.of();
        }
        return session.all(
                SCAN,
                row -> new LogRecord(row.getInt("seq"), row.getBytes("bytes")),
                threadId,
                threadId,
                runId,
                (int) Math.max(0, fromSeq),
                atMost);
    }

    private static RunRecord read(ResultSet row, String threadId) throws SQLException {
        return new RunRecord(
                Texts.read(row.getString("id")),
                row.getInt("number"),
                Texts.read(row.getString("input_checkpoint")),
                Texts.readOrNull(row.getString("output_checkpoint")),
                row.getLong("seed"),
                Moments.read(row, "started_at"),
                ThreadRows.status(row.getString("status"), threadId),
                row.getBytes("detail"));
    }
}
