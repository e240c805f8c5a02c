package dev.clew.postgres;

import dev.clew.store.ShelfChange;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Spans;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes rows of documents, in one transaction. The row of revisions is locked first, so changes of documents do not overlap. */
final class DocumentChanges {
    /** A reader that follows the documents and is this many revisions behind reads all of them again. */
    private static final long REMEMBERED = 20_000;

    private static final int SWEPT_BY_A_WRITE = 10;
    private static final int SWEPT_AT_ONCE = 1_000;

    /** What a key of both, and the page of an index, allow for. */
    private static final int LONGEST_NAMESPACE = 1_000;

    private static final int LONGEST_KEY = 1_500;

    /** Gives the last of as many revisions as were asked for. */
    private static final String RESERVE = """
            SELECT set_config('synchronous_commit', ?, true);
            UPDATE {s}.document_revision SET latest = latest + ? WHERE one RETURNING latest""";

    /** What expired before counts as absent, so that it gives no moment of creation. */
    private static final String PUT = """
            INSERT INTO {s}.document AS d
              (namespace, name, revision, created_at, updated_at, ttl_nanos, expires_at, content, vectors, plain)
            SELECT e.namespace, e.name, ? + e.place, ?, ?, e.ttl_nanos, e.expires_at, e.content, e.vectors, e.plain::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                e(namespace, name, ttl_nanos, expires_at, content, vectors, plain, place)
            ON CONFLICT (namespace, name) DO UPDATE SET
              revision = excluded.revision,
              created_at = CASE
                WHEN d.expires_at <= excluded.created_at THEN excluded.created_at ELSE d.created_at END,
              updated_at = excluded.updated_at,
              ttl_nanos = excluded.ttl_nanos,
              expires_at = excluded.expires_at,
              content = excluded.content,
              vectors = excluded.vectors,
              plain = excluded.plain""";

    private static final String PROLONG = """
            WITH e AS MATERIALIZED (
                SELECT * FROM unnest(?, ?, ?, ?) WITH ORDINALITY e(namespace, name, revision, expires_at, place))
            UPDATE {s}.document d SET revision = ? + e.place, expires_at = e.expires_at
            FROM e
            WHERE d.namespace = e.namespace AND d.name = e.name AND d.revision = e.revision AND d.expires_at > ?""";

    private static final String DROP = """
            WITH e AS MATERIALIZED (SELECT * FROM unnest(?, ?) WITH ORDINALITY e(namespace, name, place))
            , gone AS (
                DELETE FROM {s}.document d USING e WHERE d.namespace = e.namespace AND d.name = e.name
                RETURNING d.namespace, d.name, e.place)
            INSERT INTO {s}.document_gone (revision, namespace, name)
            SELECT ? + g.place, g.namespace, g.name FROM gone g""";

    private static final String EXPIRE = """
            WITH e AS MATERIALIZED (
                SELECT d.namespace, d.name, row_number() OVER () AS place FROM (
                    SELECT d.namespace, d.name FROM {s}.document d WHERE d.expires_at <= ?
                    ORDER BY d.expires_at LIMIT ?) d)
            , gone AS (
                DELETE FROM {s}.document d USING e WHERE d.namespace = e.namespace AND d.name = e.name
                RETURNING d.namespace, d.name, e.place)
            INSERT INTO {s}.document_gone (revision, namespace, name)
            SELECT ? + g.place, g.namespace, g.name FROM gone g""";

    private static final String FORGET = """
            WITH old AS (DELETE FROM {s}.document_gone g WHERE g.revision <= ? RETURNING 1)
            UPDATE {s}.document_revision r SET forgotten = ? WHERE r.one AND EXISTS (SELECT FROM old)""";

    private final Session session;
    private final long now;

    /** The revision of the latest change that was made, or left out. */
    private long revision;

    private DocumentChanges(Session session, String commit, int most, Instant now) throws SQLException {
        this.session = session;
        this.now = Moments.stored(now);
        this.revision = session.all(1, RESERVE, row -> row.getLong(1), commit, (long) most)
                        .get(0)
                - most;
    }

    /** Refuses what no key could have. */
    static void requireFits(ShelfChange change) {
        requireFits("namespace", DocumentRows.stored(change.namespace()), LONGEST_NAMESPACE);
        requireFits("document's key", change.key(), LONGEST_KEY);
    }

    private static void requireFits(String what, String text, int longest) {
        int bytes = text.length() * 3 <= longest ? 0 : Texts.stored(text).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > longest) {
            throw new IllegalRequestException(
                    "a " + what + " has " + bytes + " bytes, and PostgreSQL keeps at most " + longest + "; shorten it");
        }
    }

    static void apply(Session session, List<ShelfChange> changes, String commit, Instant now) throws SQLException {
        DocumentChanges all = new DocumentChanges(session, commit, changes.size() + SWEPT_BY_A_WRITE, now);
        for (List<ShelfChange> alike : alike(changes)) {
            all.apply(alike);
        }
        all.expire(SWEPT_BY_A_WRITE);
    }

    /** Removes some documents that have expired; the caller asks again until there are none. */
    static int sweep(Session session, Instant now) throws SQLException {
        return new DocumentChanges(session, "off", SWEPT_AT_ONCE, now).expire(SWEPT_AT_ONCE);
    }

    /** Changes of one kind and different rows can be made by one statement; what follows each other stays in its order. */
    private static List<List<ShelfChange>> alike(List<ShelfChange> changes) {
        List<List<ShelfChange>> groups = new ArrayList<>();
        Set<List<Object>> rows = new HashSet<>();
        for (ShelfChange change : changes) {
            List<ShelfChange> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
            boolean fits = !last.isEmpty()
                    && last.get(0).getClass() == change.getClass()
                    && !rows.contains(List.of(change.namespace(), change.key()));
            if (!fits) {
                last = new ArrayList<>();
                groups.add(last);
                rows.clear();
            }
            last.add(change);
            rows.add(List.of(change.namespace(), change.key()));
        }
        return groups;
    }

    private void apply(List<ShelfChange> alike) throws SQLException {
        Column namespaces = Column.texts(alike.stream()
                .map(change -> DocumentRows.stored(change.namespace()))
                .toList());
        Column names = Column.texts(alike.stream().map(ShelfChange::key).toList());
        if (alike.get(0) instanceof ShelfChange.Keep) {
            put(namespaces, names, only(ShelfChange.Keep.class, alike));
        } else if (alike.get(0) instanceof ShelfChange.Prolong) {
            prolong(namespaces, names, only(ShelfChange.Prolong.class, alike));
        } else {
            session.update(DROP, namespaces, names, revision);
        }
        revision += alike.size();
    }

    private static <T> List<T> only(Class<T> type, List<ShelfChange> alike) {
        return alike.stream().map(type::cast).toList();
    }

    private void put(Column namespaces, Column names, List<ShelfChange.Keep> puts) throws SQLException {
        List<@Nullable Long> lives = new ArrayList<>();
        List<@Nullable Long> ends = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        List<byte @Nullable []> vectors = new ArrayList<>();
        List<@Nullable String> plain = new ArrayList<>();
        for (ShelfChange.Keep put : puts) {
            lives.add(put.timeToLive() == null ? null : Spans.nanos(put.timeToLive()));
            ends.add(Moments.storedOrNull(put.expiresAt()));
            contents.add(put.content());
            vectors.add(put.vectors());
            plain.add(PlainJson.write(put.plain()));
        }
        session.update(
                PUT,
                revision,
                now,
                now,
                namespaces,
                names,
                Column.longs(lives),
                Column.longs(ends),
                Column.bytes(contents),
                Column.bytes(vectors),
                Column.texts(plain));
    }

    private void prolong(Column namespaces, Column names, List<ShelfChange.Prolong> moves) throws SQLException {
        List<@Nullable Long> ends = new ArrayList<>();
        moves.forEach(move -> ends.add(Moments.storedOrNull(move.expiresAt())));
        session.update(
                PROLONG,
                namespaces,
                names,
                Column.longs(moves.stream().map(ShelfChange.Prolong::revision).toList()),
                Column.longs(ends),
                revision,
                now);
    }

    private int expire(int most) throws SQLException {
        int expired = session.update(EXPIRE, now, most, revision);
        revision += most;
        long old = revision - REMEMBERED;
        session.update(FORGET, old, old);
        return expired;
    }
}
