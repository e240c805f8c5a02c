package dev.clew.postgres;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and writes rows of {@code thread_info} and {@code thread_label}. */
final class IndexRows {
    private static final String FILLED = "SELECT 1 FROM {s}.index_state WHERE filled";

    private static final String OPENED =
            "INSERT INTO {s}.index_state (key, filled) VALUES (1, false) ON CONFLICT (key) DO NOTHING";

    private static final String FILL = """
            INSERT INTO {s}.thread_info (thread_id, meant_workflow, metadata, labels, temporary, revision, indexed_at,
                altered_at)
            SELECT t.id, NULL, '', '', false, 1, t.created_at, t.created_at FROM {s}.thread t
            ON CONFLICT (thread_id) DO NOTHING""";

    private static final String DONE = "UPDATE {s}.index_state SET filled = true";

    /** Asked with new threads, so that it holds whichever process opened the index. */
    static final String BORN = """
            INSERT INTO {s}.thread_info (thread_id, meant_workflow, metadata, labels, temporary, revision, indexed_at,
                altered_at)
            SELECT t.id, NULL, '', '', false, 1, t.created_at, t.created_at
            FROM unnest(?) e(id) CROSS JOIN LATERAL (
                SELECT t.id, t.created_at FROM {s}.thread t WHERE t.id = e.id) t
            WHERE EXISTS (SELECT FROM {s}.index_state)
            ON CONFLICT (thread_id) DO NOTHING""";

    private static final String CREATE = "WITH " + StoreTime.NOW + """
             INSERT INTO {s}.thread_info (thread_id, meant_workflow, metadata, labels, temporary, revision, indexed_at,
                altered_at)
            SELECT e.id, ?, ?, ?, ?, 1, n.now, n.now FROM n CROSS JOIN unnest(?) e(id)
            WHERE NOT EXISTS (SELECT FROM {s}.thread t WHERE t.id = e.id)
            ON CONFLICT (thread_id) DO NOTHING""";

    private static final String REPLACE = "WITH " + StoreTime.NOW + """
             UPDATE {s}.thread_info i
            SET meant_workflow = ?, metadata = ?, labels = ?, temporary = ?, revision = revision + 1, altered_at = n.now
            FROM n WHERE i.thread_id = ? AND i.revision = ?""";

    private static final String LABEL = """
            DELETE FROM {s}.thread_label WHERE thread_id = ?;
            INSERT INTO {s}.thread_label (label, indexed_at, thread_id)
            SELECT l.label, i.indexed_at, i.thread_id
            FROM {s}.thread_info i CROSS JOIN unnest(?) l(label) WHERE i.thread_id = ?""";

    private IndexRows() {}

    static boolean isFilled(Session session) throws SQLException {
        return session.first(FILLED, row -> true).isPresent();
    }

    /**
     * Opens the index: first for threads that are made from now on; then, when no transaction is left that did not see this,
     * for those that were there. If it is cut short, it begins anew.
     */
    static void open(Session session) throws SQLException {
        session.update(OPENED);
        boolean unused = session.transaction(alone -> {
            alone.execute("SET LOCAL lock_timeout = 0");
            alone.execute("LOCK TABLE {s}.thread IN SHARE MODE");
            return true;
        });
        session.update(FILL);
        session.update(DONE);
    }

    static boolean create(Session session, ThreadInfo info, StoreTime time) throws SQLException {
        return session.transaction(on -> {
            int created = on.update(
                    CREATE,
                    time.argument(),
                    info.workflow(),
                    info.metadata(),
                    labels(info.labels()),
                    info.isTemporary(),
                    Column.texts(List.of(info.threadId())));
            if (created > 0 && !info.labels().isEmpty()) {
                label(on, info);
            }
            return created > 0;
        });
    }

    static boolean replace(Session session, ThreadInfo info, long revision, StoreTime time) throws SQLException {
        return session.transaction(on -> {
            int replaced = on.update(
                    REPLACE,
                    time.argument(),
                    info.workflow(),
                    info.metadata(),
                    labels(info.labels()),
                    info.isTemporary(),
                    info.threadId(),
                    revision);
            if (replaced > 0) {
                label(on, info);
            }
            return replaced > 0;
        });
    }

    private static void label(Session session, ThreadInfo info) throws SQLException {
        session.update(LABEL, info.threadId(), Column.texts(List.copyOf(info.labels())), info.threadId());
    }

    static ThreadRow read(ResultSet row) throws SQLException {
        ThreadInfo info = new ThreadInfo(
                Texts.read(row.getString("thread_id")),
                Texts.readOrNull(row.getString("meant_workflow")),
                row.getBytes("metadata"),
                labels(row.getBytes("labels")),
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
        ThreadRecord thread = ThreadRows.read(row);
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
        return stored.length == 0 ? Set.of() : NamedBytes.read(stored).keySet();
    }
}
