package dev.clew.sqlite;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code thread_info} and {@code thread_label}. The writer alone changes them. */
final class IndexRows {
    private static final String OPEN = "SELECT 1 FROM index_state";

    private static final String OPENED =
            "INSERT INTO index_state (key, opened_at) VALUES (1, ?) ON CONFLICT (key) DO NOTHING";

    private static final String FILL = """
            INSERT INTO thread_info (thread_id, meant_workflow, metadata, labels, temporary, revision, indexed_at, altered_at)
            SELECT id, NULL, x'', x'', 0, 1, created_at, created_at FROM thread WHERE TRUE
            ON CONFLICT (thread_id) DO NOTHING""";

    /** Asked with each new thread, so that it holds whichever process opened the index. */
    private static final String BORN = """
            INSERT INTO thread_info (thread_id, meant_workflow, metadata, labels, temporary, revision, indexed_at, altered_at)
            SELECT ?1, NULL, x'', x'', 0, 1, ?2, ?2 WHERE EXISTS (SELECT 1 FROM index_state)
            ON CONFLICT (thread_id) DO NOTHING""";

    private static final String CREATE = """
            INSERT INTO thread_info (thread_id, meant_workflow, metadata, labels, temporary, revision, indexed_at, altered_at)
            SELECT ?1, ?2, ?3, ?4, ?5, 1, ?6, ?6 WHERE NOT EXISTS (SELECT 1 FROM thread WHERE id = ?1)
            ON CONFLICT (thread_id) DO NOTHING""";

    private static final String REPLACE = """
            UPDATE thread_info
            SET meant_workflow = ?3, metadata = ?4, labels = ?5, temporary = ?6, revision = revision + 1, altered_at = ?7
            WHERE thread_id = ?1 AND revision = ?2""";

    private static final String LABEL = "INSERT INTO thread_label (label, indexed_at, thread_id)"
            + " SELECT ?2, indexed_at, thread_id FROM thread_info WHERE thread_id = ?1";

    private static final String UNLABEL = "DELETE FROM thread_label WHERE thread_id = ?";

    private static final String DELETE = "DELETE FROM thread_info WHERE thread_id = ?";

    private IndexRows() {}

    static boolean isOpen(Session session) throws SQLException {
        return session.first(OPEN, row -> true).isPresent();
    }

    static void open(Session session, Instant now) throws SQLException {
        if (session.update(OPENED, Moments.stored(now)) > 0) {
            session.update(FILL);
        }
    }

    static void born(Session session, String threadId, Instant now) throws SQLException {
        session.update(BORN, threadId, Moments.stored(now));
    }

    static boolean create(Session session, ThreadInfo info, Instant now) throws SQLException {
        int created = session.update(
                CREATE,
                info.threadId(),
                info.workflow(),
                info.metadata(),
                labels(info.labels()),
                info.isTemporary(),
                Moments.stored(now));
        if (created > 0) {
            label(session, info);
        }
        return created > 0;
    }

    static boolean replace(Session session, ThreadInfo info, long revision, Instant now) throws SQLException {
        int replaced = session.update(
                REPLACE,
                info.threadId(),
                revision,
                info.workflow(),
                info.metadata(),
                labels(info.labels()),
                info.isTemporary(),
                Moments.stored(now));
        if (replaced > 0) {
            session.update(UNLABEL, info.threadId());
            label(session, info);
        }
        return replaced > 0;
    }

    private static void label(Session session, ThreadInfo info) throws SQLException {
        for (String label : info.labels()) {
            session.update(LABEL, info.threadId(), label);
        }
    }

    static void delete(Session session, String threadId) throws SQLException {
        if (session.update(DELETE, threadId) > 0) {
            session.update(UNLABEL, threadId);
        }
    }

    static Optional<ThreadRow> find(Session session, String threadId, Instant now) throws SQLException {
        return IndexSearch.of(threadId).all(session, row -> read(row, now)).stream()
                .findFirst();
    }

    static ThreadRow read(ResultSet row, Instant now) throws SQLException {
        ThreadInfo info = new ThreadInfo(
                row.getString("thread_id"),
                row.getString("meant_workflow"),
                bytes(row, "metadata"),
                labels(bytes(row, "labels")),
                row.getBoolean("temporary"));
        ThreadRow blank = new ThreadRow(
                info,
                row.getLong("revision"),
                Moments.read(row, "indexed_at"),
                Moments.read(row, "altered_at"),
                null,
                null,
                null,
                row.getBoolean("requested"));
        if (row.getString("id") == null) {
            return blank;
        }
        ThreadRecord thread = ThreadRows.read(row, now);
        return blank.running(
                thread.workflow(),
                thread.status(),
                thread.head().runId(),
                thread.head().checkpointId(),
                thread.updatedAt());
    }

    private static byte[] labels(Set<String> labels) {
        Map<String, byte[]> named = new HashMap<>();
        labels.forEach(label -> named.put(label, new byte[0]));
        return named.isEmpty() ? new byte[0] : NamedBytes.write(named);
    }

    private static Set<String> labels(byte[] stored) {
        return NamedBytes.read(stored).keySet();
    }

    private static byte[] bytes(ResultSet row, String column) throws SQLException {
        byte @Nullable [] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
