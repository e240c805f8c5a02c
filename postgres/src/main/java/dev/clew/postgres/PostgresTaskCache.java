package dev.clew.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.value.Spans;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The task cache of a schema. No write of it waits for the disk: what a crash of the server loses is computed again. Every put
 * drops a few expired entries, so that they do not pile up.
 */
final class PostgresTaskCache implements TaskCache {
    /** How many entries one statement drops: a large cache is cleared by many short ones. */
    private static final int PAGE = 2_000;

    private static final byte[] START = {};

    private static final String UNSYNCED = "SELECT set_config('synchronous_commit', 'off', true); ";

    private static final String FIND = "WITH " + StoreTime.NOW + """
             SELECT c.entry FROM {s}.cached c
            WHERE c.task = ? AND c.call = ? AND (c.expires_at IS NULL OR c.expires_at > (SELECT now FROM n))""";

    private static final String PUT = "WITH " + StoreTime.NOW + """
             INSERT INTO {s}.cached (task, call, declaring_class, signature, expires_at, entry)
            SELECT e.task, e.call, e.declaring_class, e.signature,
                n.now + least(e.ttl, 9223372036854775807 - n.now), e.entry
            FROM (VALUES (?::bytea, ?::bytea, ?::text, ?::text, ?::bigint, ?::bytea))
                e(task, call, declaring_class, signature, ttl, entry) CROSS JOIN n
            ON CONFLICT (task, call) DO UPDATE SET expires_at = excluded.expires_at, entry = excluded.entry""";

    private static final String DROP_EXPIRED = "WITH " + StoreTime.NOW + """
            , e AS MATERIALIZED (
                SELECT c.task, c.call FROM {s}.cached c WHERE c.expires_at <= (SELECT now FROM n)
                ORDER BY c.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED)
            DELETE FROM {s}.cached c USING e WHERE c.task = e.task AND c.call = e.call""";

    private static final String CLEAR = """
            WITH e AS MATERIALIZED (
                SELECT c.task, c.call FROM {s}.cached c WHERE (c.task, c.call) > (?, ?)
                ORDER BY c.task, c.call LIMIT ?)
            , d AS (DELETE FROM {s}.cached c USING e WHERE c.task = e.task AND c.call = e.call)
            SELECT task, call FROM e ORDER BY task DESC, call DESC LIMIT 1""";

    private static final String CLEAR_TASK = CLEAR.replace("WHERE (c.task, c.call) > (?, ?)", """
            WHERE (c.task, c.call) > (?, ?) AND c.task = ?""");

    private final Pool pool;
    private final StoreTime time;

    PostgresTaskCache(Pool pool, StoreTime time) {
        this.pool = pool;
        this.time = time;
    }

    @Override
    public Optional<byte[]> get(CacheKey key) {
        byte[] task = task(key.declaringClass(), key.signature());
        byte[] call = digest(key.version(), key.arguments());
        return pool.call(
                "reading a cached result",
                session -> session.first(FIND, row -> row.getBytes(1), time.argument(), task, call));
    }

    @Override
    public void put(CacheKey key, byte[] entry, @Nullable Duration timeToLive) {
        byte[] task = task(key.declaringClass(), key.signature());
        byte[] call = digest(key.version(), key.arguments());
        pool.call(
                "caching a result",
                session -> session.all(
                        1,
                        UNSYNCED + PUT + "; " + DROP_EXPIRED,
                        row -> true,
                        time.argument(),
                        task,
                        call,
                        key.declaringClass(),
                        key.signature(),
                        timeToLive == null ? null : Spans.nanos(timeToLive),
                        entry,
                        time.argument()));
    }

    @Override
    public void clear(String declaringClass, String signature) {
        byte[] task = task(declaringClass, signature);
        clear(new Place(task, START), task);
    }

    @Override
    public void clear() {
        clear(new Place(START, START), null);
    }

    /** The place of an entry in the order of their keys. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Place(byte[] task, byte[] call) {}

    /** Page by page in the order of the keys: so it ends, and drops all that was there when it began. */
    private void clear(Place start, byte @Nullable [] task) {
        Optional<Place> next = Optional.of(start);
        while (next.isPresent()) {
            Place from = next.get();
            next = pool.call("clearing cached results", session -> clear(session, from, task));
        }
    }

    private static Optional<Place> clear(Session session, Place from, byte @Nullable [] task) throws SQLException {
        RowReader<Place> reader = row -> new Place(row.getBytes("task"), row.getBytes("call"));
        return task == null
                ? session.first(CLEAR, reader, from.task(), from.call(), PAGE)
                : session.first(CLEAR_TASK, reader, from.task(), from.call(), task, PAGE);
    }

    private static byte[] task(String declaringClass, String signature) {
        return digest(declaringClass, signature);
    }

    /** Of both texts with their lengths: so no two pairs are alike once they are joined. */
    private static byte[] digest(String one, String other) {
        MessageDigest digest = sha256();
        for (String text : new String[] {one, other}) {
            byte[] bytes = Texts.stored(text).getBytes(UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
