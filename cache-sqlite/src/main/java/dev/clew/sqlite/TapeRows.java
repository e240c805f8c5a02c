package dev.clew.sqlite;

import dev.clew.index.Tape;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes rows of {@code tape}. */
final class TapeRows {
    /** How many old pieces go with each new one: more than one, so that a tape that is too long gets shorter. */
    private static final int DROPPED = 64;

    /** How many pieces one change removes that are over. */
    private static final int PAGE = 2_000;

    private static final String APPEND = """
            INSERT INTO tape (thread, run, seq, total, bytes)
            SELECT ?1, ?2, max(coalesce(last.seq, 0) + 1, ?3), coalesce(last.total, 0) + ?4, ?5
            FROM (SELECT 1) LEFT JOIN (
                SELECT seq, total FROM tape WHERE thread = ?1 AND run = ?2 ORDER BY seq DESC LIMIT 1) last
            WHERE EXISTS (SELECT 1 FROM thread WHERE id = ?1)
            RETURNING total, seq""";

    private static final String DROP = """
            DELETE FROM tape WHERE rowid IN (
                SELECT rowid FROM (SELECT rowid, total, seq FROM tape WHERE thread = ?1 AND run = ?2 ORDER BY seq LIMIT ?3)
                WHERE total <= ?4 AND seq < ?5)""";

    private static final String AFTER = "SELECT thread, run, seq, bytes FROM tape"
            + " WHERE thread = ? AND run = ? AND seq > ? ORDER BY seq LIMIT ?";

    private static final String NEWEST =
            "SELECT thread, run, seq, bytes FROM tape WHERE thread = ? AND run = ? ORDER BY seq DESC LIMIT 1";

    private static final String TIDY = """
            DELETE FROM tape WHERE rowid IN (
                SELECT rowid FROM tape o WHERE o.seq < ?1 AND NOT EXISTS (
                    SELECT 1 FROM tape n WHERE n.thread = o.thread AND n.run = o.run AND n.seq >= ?1)
                LIMIT ?2)""";

    private static final String DELETE_RUN = """
            DELETE FROM tape WHERE thread = ?1 AND run = (
                SELECT r.number FROM thread t JOIN run r ON r.thread = t.key WHERE t.id = ?1 AND r.id = ?2)""";

    private TapeRows() {}

    private record Appended(long total, long seq) {}

    static boolean append(Session session, String threadId, int run, long now, byte[] bytes) throws SQLException {
        Optional<Appended> appended = session.first(
                APPEND, row -> new Appended(row.getLong(1), row.getLong(2)), threadId, run, now, bytes.length, bytes);
        if (appended.isEmpty()) {
            return false;
        }
        long over = appended.get().total() - Tape.MOST_BYTES;
        if (over > 0) {
            session.update(DROP, threadId, run, DROPPED, over, appended.get().seq());
        }
        return true;
    }

    static List<TapePiece> after(Session session, TapePlace place, int limit) throws SQLException {
        return session.all(AFTER, TapeRows::read, place.threadId(), place.run(), place.seq(), limit);
    }

    static Optional<TapePiece> newest(Session session, String threadId, int run) throws SQLException {
        return session.first(NEWEST, TapeRows::read, threadId, run);
    }

    static int tidy(Session session, long before) throws SQLException {
        return session.update(TIDY, before, PAGE);
    }

    static void delete(Session session, String threadId) throws SQLException {
        session.update("DELETE FROM tape WHERE thread = ?", threadId);
    }

    /** Before the run's row goes, which has its number. */
    static void delete(Session session, String threadId, String runId) throws SQLException {
        session.update(DELETE_RUN, threadId, runId);
    }

    private static TapePiece read(ResultSet row) throws SQLException {
        return new TapePiece(row.getString(1), row.getInt(2), row.getLong(3), RunRows.bytes(row, 4));
    }
}
