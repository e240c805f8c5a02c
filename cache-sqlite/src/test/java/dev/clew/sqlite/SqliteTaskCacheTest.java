package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.cache.CacheKey;
import dev.clew.contracts.cache.TaskCacheContract;
import dev.clew.value.ClewException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SqliteTaskCacheTest extends TaskCacheContract implements OnSqlite {
    @Test
    @Tag("B245")
    void entriesAreSeenByOtherObjectsAndAfterReopening() throws Exception {
        put(KEY, "draft", null);

        try (Sqlite other = Sqlite.open(folder.resolve(FILE), clock)) {
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

        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void keyThatSqliteCannotTellApartIsRefused() {
        CacheKey half = new CacheKey("com.acme.Flow", "compose()", "\uD83E", "a1");

        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> put(half, "draft", null));
        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> text(half));
        put(KEY, "draft", null);
        assertThat(text(KEY)).isPresent();
    }

    private static CacheKey key(int i) {
        return new CacheKey("com.acme.Flow", "compose()", "1", "" + i);
    }

    private int rows() throws Exception {
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE));
                Statement statement = raw.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM cached")) {
            return count.getInt(1);
        }
    }
}
