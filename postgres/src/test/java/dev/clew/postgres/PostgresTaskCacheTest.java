package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.cache.CacheKey;
import dev.clew.contracts.cache.TaskCacheContract;
import dev.clew.value.ClewException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PostgresTaskCacheTest extends TaskCacheContract implements OnPostgres {
    @Test
    void entriesAreSeenByOtherObjectsAndAfterReopening() throws Exception {
        put(KEY, "draft", null);

        try (Postgres other = TestServer.shared().open(folder, clock)) {
            assertThat(other.cache().get(KEY)).isPresent();
        }
        reopen();
        assertThat(text(KEY)).contains("draft");
    }

    @Test
    void putsSweepOutWhatHasExpired() throws Exception {
        for (int i = 0; i < 30; i++) {
            put(key(i), "draft", Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(1));
        for (int i = 100; i < 103; i++) {
            put(key(i), "draft", null);
        }

        assertThat(TestServer.shared().count(folder, "cached")).isEqualTo(3);
    }

    @Test
    void clearsMoreThanOneStatementDrops() throws Exception {
        CacheKey other = new CacheKey("com.acme.Flow", "other()", "1", "a");
        put(other, "kept", null);
        TestServer.shared().execute(folder, """
                INSERT INTO {s}.cached (task, call, declaring_class, signature, entry)
                SELECT c.task, decode(lpad(to_hex(i), 8, '0'), 'hex'), 'com.acme.Flow', 'other()', '\\x00'
                FROM {s}.cached c CROSS JOIN generate_series(1, 5000) i""");
        put(KEY, "draft", null);

        cache().clear("com.acme.Flow", "other()");

        assertThat(TestServer.shared().count(folder, "cached")).isEqualTo(1);
        assertThat(text(KEY)).contains("draft");
        cache().clear();
        assertThat(TestServer.shared().count(folder, "cached")).isZero();
    }

    @Test
    void keysOfAnyLengthAreKept() {
        CacheKey one = new CacheKey("com.acme.Flow", "compose(" + "java.lang.String,".repeat(1_000) + "int)", "1", "a");
        CacheKey other =
                new CacheKey("com.acme.Flow", "compose(" + "java.lang.String,".repeat(1_000) + "long)", "1", "a");
        put(one, "one", null);
        put(other, "other", null);

        assertThat(text(one)).contains("one");
        assertThat(text(other)).contains("other");
    }

    @Test
    void keyThatCannotBeToldApartIsRefused() {
        CacheKey half = new CacheKey("com.acme.Flow", "compose()", "\uD83E", "a1");

        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> put(half, "draft", null));
        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> text(half));
        put(KEY, "draft", null);
        assertThat(text(KEY)).isPresent();
    }

    private static CacheKey key(int i) {
        return new CacheKey("com.acme.Flow", "compose()", "1", "" + i);
    }
}
