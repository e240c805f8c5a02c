package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.store.InvalidNamespaceException;
import dev.clew.store.Namespace;
import dev.clew.store.Shelf;
import dev.clew.store.ShelfRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of documents. */
final class DocumentRows {
    static final String COLUMNS = "d.namespace, d.name, d.revision, d.created_at, d.updated_at, d.ttl_nanos,"
            + " d.expires_at, d.content, d.vectors";

    /** Stands between the labels of a namespace: it is before everything that a label may have. */
    static final String SEPARATOR = "\t";

    /** How many rows arrive at once where all are read. */
    private static final int AT_ONCE = 200;

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM {s}.document d WHERE d.namespace = ? AND d.name = ?";

    private static final String CHANGED =
            "SELECT " + COLUMNS + " FROM {s}.document d WHERE d.revision > ? ORDER BY d.revision";

    private static final String GONE =
            "SELECT g.revision, g.namespace, g.name FROM {s}.document_gone g WHERE g.revision > ?";

    private static final String REVISION = "SELECT r.latest, r.forgotten FROM {s}.document_revision r WHERE r.one";

    /** How many documents a store that keeps an index in memory is made for. */
    static final int MOST_IN_MEMORY = 100_000;

    private static final String COUNT =
            "SELECT count(*) FROM (SELECT d.revision FROM {s}.document d WHERE d.revision > 0 LIMIT ?) d";

    private DocumentRows() {}

    /** How many there are; no more are counted than make it too many. */
    static long countUpToMost(Session session) throws SQLException {
        return session.first(COUNT, row -> row.getLong(1), MOST_IN_MEMORY + 1).orElse(0L);
    }

    /** @param forgotten the revision up to which what is gone may no longer be known */
    record Revision(long latest, long forgotten) {}

    static Revision revision(Session session) throws SQLException {
        return session.first(REVISION, row -> new Revision(row.getLong(1), row.getLong(2)))
                .orElseThrow(() -> new CheckpointException("the row of 'document_revision' is missing"));
    }

    static Optional<ShelfRow> find(Session session, Namespace namespace, String key) throws SQLException {
        return session.first(FIND, row -> read(row, namespace), stored(namespace), key);
    }

    /** In a transaction whose statements see one state. */
    static long tell(Session session, long after, Shelf.Listener listener) throws SQLException {
        Revision revision = revision(session);
        long from = after;
        if (after < revision.forgotten()) {
            listener.forgetAll();
            from = 0;
        }
        Namespaces namespaces = new Namespaces();
        session.each(
                AT_ONCE,
                CHANGED,
                row -> {
                    listener.changed(read(row, namespaces.of(row)));
                    return true;
                },
                from);
        session.each(
                AT_ONCE,
                GONE,
                row -> {
                    listener.gone(namespaces.of(row), Texts.read(row.getString("name")), row.getLong("revision"));
                    return true;
                },
                from);
        return revision.latest();
    }

    static String stored(Namespace namespace) {
        return String.join(SEPARATOR, namespace.labels());
    }

    static ShelfRow read(ResultSet row, Namespace namespace) throws SQLException {
        return new ShelfRow(
                namespace,
                Texts.read(row.getString("name")),
                row.getLong("revision"),
                Moments.read(row, "created_at"),
                Moments.read(row, "updated_at"),
                timeToLive(row),
                Moments.readOrNull(row, "expires_at"),
                row.getBytes("content"),
                row.getBytes("vectors"));
    }

    static Namespace namespace(String stored) {
        try {
            return new Namespace(List.of(stored.split(SEPARATOR, -1)));
        } catch (InvalidNamespaceException e) {
            throw new CheckpointException("a document has the namespace '" + stored + "', which is none", e);
        }
    }

    private static @Nullable Duration timeToLive(ResultSet row) throws SQLException {
        long nanos = row.getLong("ttl_nanos");
        return row.wasNull() ? null : Duration.ofNanos(nanos);
    }

    /** Rows of one namespace mostly follow each other, and share it. Confined to one call. */
    static final class Namespaces {
        private @Nullable Namespace last;
        private String lastText = "";

        Namespace of(ResultSet row) throws SQLException {
            String text = row.getString("namespace");
            Namespace known = last;
            if (known == null || !text.equals(lastText)) {
                known = namespace(text);
                last = known;
                lastText = text;
            }
            return known;
        }
    }
}
