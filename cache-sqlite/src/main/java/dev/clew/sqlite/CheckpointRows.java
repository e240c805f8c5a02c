package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code checkpoint} and {@code checkpoint_metadata}. */
final class CheckpointRows {
    private static final String SELECT = "SELECT c.key, c.id, run_id, parent_id, source, step, created_at, content,"
            + " EXISTS (SELECT 1 FROM checkpoint_metadata m WHERE m.checkpoint = c.key) AS described";

    private static final String HAS_METADATA = " AND EXISTS (SELECT 1 FROM checkpoint_metadata m"
            + " WHERE m.checkpoint = c.key AND m.name = ? AND m.value = ?)";

    private static final String INSERT = """
            INSERT INTO checkpoint (thread, id, run_id, parent_id, source, step, created_at, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING key""";

    private static final String INSERT_METADATA =
            "INSERT INTO checkpoint_metadata (checkpoint, name, value) VALUES (?, ?, ?)";

    private static final String DELETE_OF_RUN = "DELETE FROM checkpoint WHERE thread = ? AND run_id = ?";

    private static final String RUN_OF = "SELECT run_id FROM checkpoint WHERE thread = ? AND id = ?";

    private static final String TAKE_FROM_RUN = "UPDATE checkpoint SET run_id = NULL WHERE thread = ? AND id = ?";

    private static final String DELETE_LOOSE = "DELETE FROM checkpoint WHERE thread = ? AND id = ? AND run_id IS NULL";

    private CheckpointRows() {}

    /** One query, and one more on the same snapshot if one of them has metadata, however many there are. */
    static List<CheckpointRecord> find(Session session, CheckpointQuery query) throws SQLException {
        session.update("BEGIN");
        List<Row> rows = addMatching(new Sql(SELECT), query).all(session, CheckpointRows::read);
        Map<Long, Map<String, String>> metadata =
                rows.stream().anyMatch(Row::isDescribed) ? metadata(session, query) : Map.of();
        session.update("COMMIT");
        List<CheckpointRecord> found = new ArrayList<>(rows.size());
        for (Row row : rows) {
            found.add(row.checkpoint(metadata.getOrDefault(row.key, Map.of())));
        }
        return found;
    }

    static void insert(Session session, long thread, CheckpointRecord checkpoint) throws SQLException {
        long key = session.first(
                        INSERT,
                        row -> row.getLong(1),
                        thread,
                        checkpoint.id(),
                        checkpoint.runId(),
                        checkpoint.parentId(),
                        checkpoint.source().name(),
                        checkpoint.step(),
                        Moments.stored(checkpoint.createdAt()),
                        NamedBytes.write(checkpoint.values()))
                .orElseThrow(() -> new SQLException("the checkpoint was not written"));
        for (Map.Entry<String, String> entry : checkpoint.metadata().entrySet()) {
            session.update(INSERT_METADATA, key, entry.getKey(), entry.getValue());
        }
    }

    static void deleteOfRun(Session session, long thread, String runId) throws SQLException {
        session.update(DELETE_OF_RUN, thread, runId);
    }

    /** Keeps a checkpoint when its run is deleted, if that is one of these. */
    static void keep(Session session, long thread, String id, Set<String> deleted) throws SQLException {
        Optional<String> run = session.first(RUN_OF, row -> String.valueOf(row.getString(1)), thread, id);
        if (run.filter(deleted::contains).isPresent()) {
            session.update(TAKE_FROM_RUN, thread, id);
        }
    }

    static void deleteLoose(Session session, long thread, String id) throws SQLException {
        session.update(DELETE_LOOSE, thread, id);
    }

    private static Map<Long, Map<String, String>> metadata(Session session, CheckpointQuery query) throws SQLException {
        Map<Long, Map<String, String>> byCheckpoint = new HashMap<>();
        Sql sql = new Sql("SELECT checkpoint, name, value FROM checkpoint_metadata WHERE checkpoint IN (SELECT c.key");
        addMatching(sql, query)
                .add(")")
                .all(
                        session,
                        row -> byCheckpoint
                                .computeIfAbsent(row.getLong("checkpoint"), key -> new HashMap<>())
                                .put(row.getString("name"), row.getString("value")));
        return byCheckpoint;
    }

    private static Sql addMatching(Sql sql, CheckpointQuery query) {
        sql.add(" FROM checkpoint c WHERE c.thread = (SELECT t.key FROM thread t WHERE t.id = ?)", query.threadId());
        if (!query.ids().isEmpty()) {
            sql.add(" AND c.id IN ").addList(query.ids());
        }
        if (query.from() != null) {
            sql.add(" AND c.id >= ?", query.from());
        }
        if (query.before() != null) {
            sql.add(" AND c.id < ?", query.before());
        }
        query.metadata().forEach((name, value) -> sql.add(HAS_METADATA, name, value));
        return sql.add(" ORDER BY c.id DESC LIMIT ?", Math.max(0, query.limit()));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("key"),
                row.getString("id"),
                row.getString("run_id"),
                row.getString("parent_id"),
                source(row.getString("source")),
                row.getInt("step"),
                Moments.read(row, "created_at"),
                NamedBytes.read(RunRows.bytes(row, row.findColumn("content"))),
                row.getBoolean("described"));
    }

    /** A row as it was read, without its metadata. */
    private record Row(
            long key,
            String id,
            @Nullable String runId,
            @Nullable String parentId,
            CheckpointSource source,
            int step,
            Instant createdAt,
            Map<String, byte[]> values,
            boolean isDescribed) {
        CheckpointRecord checkpoint(Map<String, String> metadata) {
            return new CheckpointRecord(id, runId, parentId, source, step, createdAt, values, metadata);
        }
    }

    private static CheckpointSource source(String stored) {
        try {
            return CheckpointSource.valueOf(stored);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("a checkpoint has unknown source '" + stored + "'", e);
        }
    }
}
