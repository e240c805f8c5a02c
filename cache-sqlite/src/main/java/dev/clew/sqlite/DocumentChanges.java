package dev.clew.sqlite;

import dev.clew.store.ShelfChange;
import dev.clew.value.Spans;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes rows of documents. Confined to one request of the writer, whose transaction makes it one change. */
final class DocumentChanges {
    /** Who follows the documents and is this many revisions behind reads them all again. */
    private static final long REMEMBERED = 20_000;

    private static final int SWEPT_BY_A_WRITE = 10;
    private static final int SWEPT_AT_ONCE = 1_000;

    /** What expired before counts as absent, so that it gives no moment of creation. */
    private static final String PUT = """
            INSERT INTO document
              (namespace, name, revision, created_at, updated_at, ttl_nanos, expires_at, content, vectors)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (namespace, name) DO UPDATE SET
              revision = excluded.revision,
              created_at = CASE
                WHEN expires_at <= excluded.created_at THEN excluded.created_at ELSE created_at END,
              updated_at = excluded.updated_at,
              ttl_nanos = excluded.ttl_nanos,
              expires_at = excluded.expires_at,
              content = excluded.content,
              vectors = excluded.vectors""";

    private static final String PROLONG = """
            UPDATE document SET revision = ?, expires_at = ?
            WHERE namespace = ? AND name = ? AND revision = ? AND expires_at > ?""";

    private static final String DELETE = "DELETE FROM document WHERE namespace = ? AND name = ?";

    private static final String EXPIRED = """
            SELECT namespace, name FROM document WHERE expires_at <= ? ORDER BY expires_at LIMIT ?""";

    private static final String GONE = "INSERT INTO document_gone (revision, namespace, name) VALUES (?, ?, ?)";

    private static final String FORGET = "DELETE FROM document_gone WHERE revision <= ?";

    private static final String FORGOTTEN = "UPDATE document_revision SET forgotten = ?";

    private static final String REVISED = "UPDATE document_revision SET latest = ?";

    private final Session session;
    private final long now;
    private final long before;
    private long revision;
    private boolean removed;

    private DocumentChanges(Session session, Instant now) throws SQLException {
        this.session = session;
        this.now = Moments.stored(now);
        this.before = DocumentRows.revision(session).latest();
        this.revision = before;
    }

    private record Named(String namespace, String name) {}

    static void apply(Session session, List<ShelfChange> changes, Instant now) throws SQLException {
        DocumentChanges all = new DocumentChanges(session, now);
        for (ShelfChange change : changes) {
            all.apply(change);
        }
        all.removeExpired(SWEPT_BY_A_WRITE);
        all.end();
    }

    /** Removes some documents that have expired; the caller asks again until there are none. */
    static int sweep(Session session, Instant now) throws SQLException {
        DocumentChanges all = new DocumentChanges(session, now);
        int swept = all.removeExpired(SWEPT_AT_ONCE);
        all.end();
        return swept;
    }

    private void apply(ShelfChange change) throws SQLException {
        String namespace = change.namespace().toString();
        if (change instanceof ShelfChange.Keep keep) {
            put(namespace, keep);
        } else if (change instanceof ShelfChange.Prolong prolong) {
            int moved = session.update(
                    PROLONG,
                    revision + 1,
                    Moments.storedOrNull(prolong.expiresAt()),
                    namespace,
                    prolong.key(),
                    prolong.revision(),
                    now);
            revision += moved;
        } else {
            remove(namespace, change.key());
        }
    }

    private void put(String namespace, ShelfChange.Keep keep) throws SQLException {
        session.update(
                PUT,
                namespace,
                keep.key(),
                ++revision,
                now,
                now,
                nanosOrNull(keep.timeToLive()),
                Moments.storedOrNull(keep.expiresAt()),
                keep.content(),
                keep.vectors());
    }

    /** The longest time that fits is 292 years. */
    private static @Nullable Long nanosOrNull(@Nullable Duration timeToLive) {
        return timeToLive == null ? null : Spans.nanos(timeToLive);
    }

    private void remove(String namespace, String name) throws SQLException {
        if (session.update(DELETE, namespace, name) > 0) {
            session.update(GONE, ++revision, namespace, name);
            removed = true;
        }
    }

    private int removeExpired(int most) throws SQLException {
        List<Named> expired = session.all(EXPIRED, row -> new Named(row.getString(1), row.getString(2)), now, most);
        for (Named document : expired) {
            remove(document.namespace(), document.name());
        }
        return expired.size();
    }

    private void end() throws SQLException {
        long old = revision - REMEMBERED;
        if (removed && session.update(FORGET, old) > 0) {
            session.update(FORGOTTEN, old);
        }
        if (revision != before) {
            session.update(REVISED, revision);
        }
    }
}
