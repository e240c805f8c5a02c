package dev.clew.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of {@code checkpoint}. Values and metadata are kept in {@code content}, byte by byte; the metadata stands in a column of
 * its own once more, to be searched.
 */
final class CheckpointRows {
    private static final String SELECT = "SELECT id, run_id, parent_id, source, step, created_at, content"
            + " FROM {s}.checkpoint WHERE thread_id = ?";

    private static final char VALUE = 'v';
    private static final char METADATA = 'm';

    private CheckpointRows() {}

    static List<CheckpointRecord> find(Session session, CheckpointQuery query) throws SQLException {
        Sql sql = new Sql().add(SELECT, query.threadId());
        if (!query.ids().isEmpty()) {
            sql.add(" AND id = ANY (?)", Column.texts(List.copyOf(query.ids())));
        }
        if (query.from() != null) {
            sql.add(" AND id >= ?", query.from());
        }
        if (query.before() != null) {
            sql.add(" AND id < ?", query.before());
        }
        if (!query.metadata().isEmpty()) {
            sql.add(" AND metadata @> ?::text::jsonb", json(query.metadata()));
        }
        return sql.add(" ORDER BY id DESC LIMIT ?", query.limit()).all(session, CheckpointRows::read);
    }

    /** What is kept of a checkpoint besides its columns. */
    static byte[] content(CheckpointRecord checkpoint) {
        Map<String, byte[]> content = new HashMap<>();
        checkpoint.values().forEach((name, value) -> content.put(VALUE + name, value));
        checkpoint.metadata().forEach((name, value) -> content.put(METADATA + name, value.getBytes(UTF_8)));
        return NamedBytes.write(content);
    }

    /** Texts as an object of JSON. What JSON could not keep is mapped by {@link Texts} when it is bound: so here, too. */
    static String json(Map<String, String> texts) {
        StringBuilder json = new StringBuilder("{");
        String separator = "";
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            json.append(separator);
            quote(json, entry.getKey());
            json.append(':');
            quote(json, entry.getValue());
            separator = ",";
        }
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        String stored = Texts.stored(text);
        for (int i = 0; i < stored.length(); i++) {
            char each = stored.charAt(i);
            if (each == '"' || each == '\\') {
                json.append('\\').append(each);
            } else if (each < ' ') {
                json.append("\\u00")
                        .append(Character.forDigit(each >> 4, 16))
                        .append(Character.forDigit(each & 0xf, 16));
            } else {
                json.append(each);
            }
        }
        json.append('"');
    }

    private static CheckpointRecord read(ResultSet row) throws SQLException {
        Map<String, byte[]> values = new HashMap<>();
        Map<String, String> metadata = new HashMap<>();
        NamedBytes.read(row.getBytes("content")).forEach((name, bytes) -> {
            if (name.charAt(0) == VALUE) {
                values.put(name.substring(1), bytes);
            } else {
                metadata.put(name.substring(1), new String(bytes, UTF_8));
            }
        });
        return new CheckpointRecord(
                Texts.read(row.getString("id")),
                Texts.readOrNull(row.getString("run_id")),
                Texts.readOrNull(row.getString("parent_id")),
                source(row.getString("source")),
                row.getInt("step"),
                Moments.read(row, "created_at"),
                values,
                metadata);
    }

    private static CheckpointSource source(String stored) {
        try {
            return CheckpointSource.valueOf(stored);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("a checkpoint has unknown source '" + stored + "'", e);
        }
    }
}
