package dev.clew.contracts.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.value.ClewException;
import org.junit.jupiter.api.Test;

final class MemoryTaskCacheTest extends TaskCacheContract {
    private final TaskCache cache = TaskCache.inMemory(100, clock);

    @Override
    protected TaskCache cache() {
        return cache;
    }

    @Test
    void entryThatWasUsedTheLongestAgoMakesRoom() {
        for (int i = 0; i < 100; i++) {
            put(key(i), "draft", null);
        }
        text(key(0));

        put(key(100), "draft", null);

        assertThat(text(key(0))).isPresent();
        assertThat(text(key(1))).isEmpty();
        assertThat(text(key(100))).isPresent();
    }

    @Test
    void cacheOfNothingIsRefused() {
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> TaskCache.inMemory(0, clock))
                .withMessageContaining("at least 1 entry");
    }

    private static CacheKey key(int i) {
        return new CacheKey("com.acme.Flow", "compose()", "1", "" + i);
    }
}
