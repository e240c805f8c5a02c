package dev.clew.postgres;

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

    /** How many pieces one statement removes that are over. */
    private static final int PAGE = 2_000;

    /** How often an append is tried that another process of the same run was faster than. */
    private static final int TRIES = 5;

    private static final String APPEND = "WITH " + StoreTime.NOW + """
            , a AS (
                INSERT INTO {s}.tape (thread_id, run_no, seq, total, bytes)
                SELECT p.thread, p.run, greatest(coalesce(l.seq, 0) + 1, n.now / 1000000),
                    coalesce(l.total, 0) + length(p.bytes), p.bytes
                FROM (VALUES (?::text, ?::int, ?::bytea)) p(thread, run, bytes) CROSS JOIN n
                LEFT JOIN LATERAL (
                    SELECT t.seq, t.total FROM {s}.tape t WHERE t.thread_id = p.thread AND t.run_no = p.run
                    ORDER BY t.seq DESC LIMIT 1) l ON true
                WHERE EXISTS (SELECT FROM {s}.thread t WHERE t.id = p.thread)
                ON CONFLICT (thread_id, run_no, seq) DO NOTHING
                RETURNING seq, total)
            SELECT a.seq, a.total, EXISTS (SELECT FROM {s}.thread t WHERE t.id = ?) AS stored
            FROM (SELECT 1) one LEFT JOIN a ON true""";

    private static final String UNSYNCED = "SELECT set_config('synchronous_commit', 'off', true); ";

    private static final String DROP = """
            DELETE FROM {s}.tape WHERE thread_id = ? AND run_no = ? AND seq = ANY (ARRAY (
                SELECT o.seq FROM (
                    SELECT t.seq, t.total FROM {s}.tape t WHERE t.thread_id = ? AND t.run_no = ?
                    ORDER BY t.seq LIMIT ?) o
                WHERE o.total <= ? AND o.seq < ?))""";

    private static final String AFTER = """
            SELECT f.thread_id, f.run_no, f.seq, f.bytes
            FROM unnest(?, ?, ?) p(thread, run, seq)
            CROSS JOIN LATERAL (
                SELECT t.thread_id, t.run_no, t.seq, t.bytes FROM {s}.tape t
                WHERE t.thread_id = p.thread AND t.run_no = p.run AND t.seq > p.seq
                ORDER BY t.seq LIMIT ?) f
            LIMIT ?""";

    private static final String NEWEST = "SELECT t.thread_id, t.run_no, t.seq, t.bytes FROM {s}.tape t"
            + " WHERE t.thread_id = ? AND t.run_no = ? ORDER BY t.seq DESC LIMIT 1";

    private static final String TIDY = "WITH " + StoreTime.NOW + """
            , o AS MATERIALIZED (
                SELECT t.thread_id, t.run_no, t.seq FROM {s}.tape t
                WHERE t.seq < (SELECT n.now / 1000000 FROM n) - ? AND NOT EXISTS (
                    SELECT FROM {s}.tape l WHERE l.thread_id = t.thread_id AND l.run_no = t.run_no
                        AND l.seq >= (SELECT n.now / 1000000 FROM n) - ? OFFSET 0)
                LIMIT ?)
            DELETE FROM {s}.tape t USING o
            WHERE t.thread_id = o.thread_id AND t.run_no = o.run_no AND t.seq = o.seq""";

    private TapeRows() {}

    private record Appended(long seq, long total, boolean isStored) {}

    static boolean append(Session session, String threadId, int run, byte[] bytes, StoreTime time) throws SQLException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Appended appended = session.all(
                            1,
                            UNSYNCED + APPEND,
                            row -> new Appended(row.getLong("seq"), row.getLong("total"), row.getBoolean("stored")),
                            time.argument(),
                            threadId,
                            run,
                            bytes,
                            threadId)
                    .get(0);
            if (!appended.isStored()) {
                return false;
            }
            if (appended.seq() > 0) {
                drop(session, threadId, run, appended);
                return true;
            }
        }
        throw new SQLException("run " + run + " of thread '" + threadId + "' has another process that tells of it");
    }

    private static void drop(Session session, String threadId, int run, Appended appended) throws SQLException {
        long over = appended.total() - Tape.MOST_BYTES;
        if (over <= 0) {
            return;
        }
        try {
            session.update(DROP, threadId, run, threadId, run, DROPPED, over, appended.seq());
        } catch (SQLException failed) {
            // What was appended is stored, and must not be repeated; the next append drops more.
            if (!PostgresFailures.isConflict(failed)) {
                throw failed;
            }
        }
    }

    static List<TapePiece> after(Session session, List<TapePlace> places, int limit) throws SQLException {
        return session.all(
                AFTER,
                TapeRows::read,
                Column.texts(places.stream().map(TapePlace::threadId).toList()),
                Column.ints(places.stream().map(TapePlace::run).toList()),
                Column.longs(places.stream().map(TapePlace::seq).toList()),
                limit,
                limit);
    }

    static Optional<TapePiece> newest(Session session, String threadId, int run) throws SQLException {
        return session.first(NEWEST, TapeRows::read, threadId, run);
    }

    static int tidy(Session session, StoreTime time) throws SQLException {
        long kept = Tape.KEPT.toMillis();
        return session.update(TIDY, time.argument(), kept, kept, PAGE);
    }

    private static TapePiece read(ResultSet row) throws SQLException {
        return new TapePiece(
                Texts.read(row.getString("thread_id")),
                row.getInt("run_no"),
                row.getLong("seq"),
                row.getBytes("bytes"));
    }
}
