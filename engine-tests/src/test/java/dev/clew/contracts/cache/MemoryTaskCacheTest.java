package dev.clew.contracts.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.contracts.OnMemory;
import dev.clew.value.ClewException;
import org.junit.jupiter.api.Test;

final class MemoryTaskCacheTest extends TaskCacheContract implements OnMemory {
    @Test
    void entryThatWasUsedTheLongestAgoMakesRoom() {
        for (int i = 0; i < ENTRIES; i++) {
            put(key(i), "draft", null);
        }
        text(key(0));

        put(key(ENTRIES), "draft", null);

        assertThat(text(key(0))).isPresent();
        assertThat(text(key(1))).isEmpty();
        assertThat(text(key(ENTRIES))).isPresent();
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
