package dev.clew.sqlite;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.sqlite.Request.Kind;
import dev.clew.value.Spans;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The task cache of a file. No write of it waits for the disk: what is lost with the power is computed again. Every put
 * drops a few expired entries, so that they do not pile up.
 */
final class SqliteTaskCache implements TaskCache {
    private static final String FIND = """
            SELECT entry FROM cached
            WHERE declaring_class = ? AND signature = ? AND version = ? AND arguments = ?
              AND (expires_at IS NULL OR expires_at > ?)""";

    private static final String PUT = """
            INSERT INTO cached (declaring_class, signature, version, arguments, expires_at, entry)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (declaring_class, signature, version, arguments)
            DO UPDATE SET expires_at = excluded.expires_at, entry = excluded.entry""";

    private static final String DROP_EXPIRED = """
            DELETE FROM cached WHERE key IN (
              SELECT key FROM cached WHERE expires_at <= ? ORDER BY expires_at LIMIT 10)""";

    private static final String CLEAR_TASK = "DELETE FROM cached WHERE declaring_class = ? AND signature = ?";

    private static final String VERSIONS = "SELECT DISTINCT version FROM cached";

    private static final String CLEAR_VERSION = "DELETE FROM cached WHERE version = ?";

    private static final String CLEAR = "DELETE FROM cached";

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    SqliteTaskCache(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> get(CacheKey key) {
        long now = Moments.stored(clock.instant());
        return readers.read(
                "reading a cached result",
                session -> session.first(
                        FIND,
                        row -> row.getBytes(1),
                        key.declaringClass(),
                        key.signature(),
                        key.version(),
                        key.arguments(),
                        now));
    }

    @Override
    public void put(CacheKey key, byte[] entry, @Nullable Duration timeToLive) {
        Instant now = clock.instant();
        Long expiry = Moments.storedOrNull(expiry(now, timeToLive));
        writer.call(new Request<Void>(Kind.undurable(2, entry.length), session -> {
            put(session, key, entry, expiry);
            session.update(DROP_EXPIRED, Moments.stored(now));
            return null;
        }));
    }

    private static void put(Session session, CacheKey key, byte[] entry, @Nullable Long expiry) throws SQLException {
        session.update(PUT, key.declaringClass(), key.signature(), key.version(), key.arguments(), expiry, entry);
    }

    private static @Nullable Instant expiry(Instant now, @Nullable Duration timeToLive) {
        return timeToLive == null ? null : Spans.after(now, timeToLive);
    }

    @Override
    public void clear(String declaringClass, String signature) {
        writer.call(new Request<Void>(Kind.undurable(1, 0), session -> {
            session.update(CLEAR_TASK, declaringClass, signature);
            return null;
        }));
    }

    @Override
    public int clearVersions(Predicate<String> isDropped) {
        return writer.call(new Request<Integer>(Kind.durable(0), session -> {
            int dropped = 0;
            for (String version : session.all(VERSIONS, row -> row.getString(1))) {
                dropped += isDropped.test(version) ? session.update(CLEAR_VERSION, version) : 0;
            }
            return dropped;
        }));
    }

    @Override
    public void clear() {
        writer.call(new Request<Void>(Kind.undurable(1, 0), session -> {
            session.update(CLEAR);
            return null;
        }));
    }
}
