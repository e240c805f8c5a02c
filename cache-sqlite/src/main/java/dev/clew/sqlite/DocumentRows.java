package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.store.InvalidNamespaceException;
import dev.clew.store.Namespace;
import dev.clew.store.Shelf;
import dev.clew.store.ShelfRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of documents. */
final class DocumentRows {
    private static final String COLUMNS =
            "namespace, name, revision, created_at, updated_at, ttl_nanos, expires_at, content, vectors";

    private static final String FIND = "SELECT " + COLUMNS + " FROM document WHERE namespace = ? AND name = ?";

    private static final String CHANGED = "SELECT " + COLUMNS + " FROM document WHERE revision > ? ORDER BY revision";

    private static final String GONE = "SELECT revision, namespace, name FROM document_gone WHERE revision > ?";

    private static final String REVISION = "SELECT latest, forgotten FROM document_revision";

    private DocumentRows() {}

    /** @param forgotten the revision up to which what is gone may no longer be known */
    record Revision(long latest, long forgotten) {}

    static Revision revision(Session session) throws SQLException {
        return session.first(REVISION, row -> new Revision(row.getLong(1), row.getLong(2)))
                .orElseThrow(() -> new CheckpointException("the row of 'document_revision' is missing"));
    }

    static Optional<ShelfRow> find(Session session, Namespace namespace, String key) throws SQLException {
        return session.first(FIND, row -> read(row, namespace), namespace.toString(), key);
    }

    /** In one transaction: all that is told is of one state. */
    static long tell(Session session, long after, Shelf.Listener listener) throws SQLException {
        session.update("BEGIN"); // whatever goes wrong before the end closes the connection
        Revision revision = revision(session);
        long from = after;
        if (after < revision.forgotten()) {
            listener.forgetAll();
            from = 0;
        }
        Namespaces namespaces = new Namespaces();
        session.each(CHANGED, row -> listener.changed(read(row, namespaces.of(row.getString("namespace")))), from);
        session.each(
                GONE, row -> listener.gone(namespaces.of(row.getString(2)), row.getString(3), row.getLong(1)), from);
        session.update("COMMIT");
        return revision.latest();
    }

    private static ShelfRow read(ResultSet row, Namespace namespace) throws SQLException {
        return new ShelfRow(
                namespace,
                row.getString("name"),
                row.getLong("revision"),
                Moments.read(row, "created_at"),
                Moments.read(row, "updated_at"),
                timeToLive(row),
                Moments.readOrNull(row, "expires_at"),
                row.getBytes("content"),
                row.getBytes("vectors"));
    }

    private static @Nullable Duration timeToLive(ResultSet row) throws SQLException {
        long nanos = row.getLong("ttl_nanos");
        return row.wasNull() ? null : Duration.ofNanos(nanos);
    }

    /** Rows of one namespace mostly follow each other, and share it. Confined to one call. */
    private static final class Namespaces {
        private @Nullable Namespace last;
        private String lastText = "";

        Namespace of(String text) {
            Namespace known = last;
            if (known == null || !text.equals(lastText)) {
                known = parse(text);
                last = known;
                lastText = text;
            }
            return known;
        }

        private static Namespace parse(String text) {
            try {
                return Namespace.parse(text);
            } catch (InvalidNamespaceException e) {
                throw new CheckpointException("a document has the namespace '" + text + "', which is none", e);
            }
        }
    }
}
