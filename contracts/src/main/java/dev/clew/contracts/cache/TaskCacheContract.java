package dev.clew.contracts.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.contracts.OnStores;
import dev.clew.contracts.Stores;
import dev.clew.contracts.checkpoint.Contenders;
import dev.clew.contracts.lab.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the contract of {@link TaskCache} of an implementation, which judges expiry by {@link #clock}. */
public abstract class TaskCacheContract implements OnStores {
    protected static final CacheKey KEY = new CacheKey("com.acme.Flow", "compose(java.lang.String)", "1", "a1");
    private static final Duration HOUR = Duration.ofHours(1);

    /** What the subject must judge expiry by. */
    protected final MutableClock clock = new MutableClock();

    /** Where the subject may keep files. */
    @TempDir
    protected Path folder;

    private Stores stores;

    @BeforeEach
    void open() throws Exception {
        stores = openStores(folder, clock);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    /** Closes the subject, and opens the same place again. */
    protected final void reopen() throws Exception {
        close();
        open();
    }

    /** The subject: the same one for the whole of a test, empty at its start. */
    protected final TaskCache cache() {
        return stores.cache();
    }

    @Test
    @Tag("B255")
    void keyThatWasNeverPutIsAMiss() {
        assertThat(cache().get(KEY)).isEmpty();
    }

    @Test
    void entryIsFoundUnderItsKey() {
        put(KEY, "draft", null);

        assertThat(text(KEY)).contains("draft");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000_000})
    void bytesAreKeptAsGiven(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }

        cache().put(KEY, bytes, null);

        assertThat(cache().get(KEY).orElseThrow()).isEqualTo(bytes);
    }

    @Test
    void bytesAreCopiedBothWays() {
        byte[] given = "draft".getBytes(UTF_8);
        cache().put(KEY, given, null);
        given[0] = 'X';
        cache().get(KEY).orElseThrow()[1] = 'Y';

        assertThat(text(KEY)).contains("draft");
    }

    @Test
    @Tag("B255")
    void putReplacesWhatWasThere() {
        put(KEY, "first", null);
        put(KEY, "second", null);

        assertThat(text(KEY)).contains("second");
    }

    @Test
    @Tag("B246")
    void entryIsAHitUntilItsTimeToLiveHasPassed() {
        put(KEY, "draft", HOUR);

        clock.advance(HOUR.minusNanos(1));
        assertThat(text(KEY)).contains("draft");
        clock.advance(Duration.ofNanos(1));
        assertThat(text(KEY)).isEmpty();
    }

    @Test
    @Tag("B246")
    void readingDoesNotProlongAnEntry() {
        put(KEY, "draft", HOUR);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(20));
            text(KEY);
        }

        assertThat(text(KEY)).isEmpty();
    }

    @Test
    @Tag("B246")
    void puttingAgainCountsAnew() {
        put(KEY, "first", HOUR);
        clock.advance(Duration.ofMinutes(50));
        put(KEY, "second", HOUR);
        clock.advance(Duration.ofMinutes(50));

        assertThat(text(KEY)).contains("second");
    }

    @Test
    @Tag("B255")
    void puttingAgainMayGiveAnEntryAnEndOrTakeItAway() {
        CacheKey other = new CacheKey("com.acme.Flow", "compose(java.lang.String)", "1", "b2");
        put(KEY, "first", HOUR);
        put(KEY, "second", null);
        put(other, "first", null);
        put(other, "second", HOUR);
        clock.advance(HOUR);

        assertThat(text(KEY)).contains("second");
        assertThat(text(other)).isEmpty();
    }

    @Test
    void expiredEntryCanBePutAgain() {
        put(KEY, "first", HOUR);
        clock.advance(HOUR);
        put(KEY, "second", HOUR);

        assertThat(text(KEY)).contains("second");
    }

    @Test
    void longestTimeToLiveIsForEver() {
        put(KEY, "draft", Duration.ofSeconds(Long.MAX_VALUE));
        clock.advance(Duration.ofDays(30_000));

        assertThat(text(KEY)).contains("draft");
    }

    @Test
    @Tag("B241")
    @Tag("B255")
    void eachPartOfAKeyTellsItApart() {
        List<CacheKey> keys = List.of(
                new CacheKey("a", "b", "c", "d"),
                new CacheKey("a,b", "c", "", "d"),
                new CacheKey("a", "b,c", "", "d"),
                new CacheKey("a", "b", "c,d", ""),
                new CacheKey("a", "b", "c,d", "%"),
                new CacheKey("a", "b", "C", "d"),
                new CacheKey("A", "b", "c", "d"),
                new CacheKey("a", "b ", "c", "d"),
                new CacheKey("a", "b\u0000c", "", "d"),
                new CacheKey("a", "b", "\u0000c", "d"),
                new CacheKey("a'", "b\"; DROP TABLE cached", "c", "d"),
                new CacheKey("日本", "b", "c", "d"));

        keys.forEach(key -> put(key, key.toString(), null));

        assertThat(keys).allSatisfy(key -> assertThat(text(key)).contains(key.toString()));
    }

    @Test
    @Tag("B253")
    void clearingATaskDropsItsEntriesOfAllVersionsAndNoOthers() {
        CacheKey newer = new CacheKey(KEY.declaringClass(), KEY.signature(), "2", "a1");
        CacheKey overload = new CacheKey(KEY.declaringClass(), "compose()", "1", "a1");
        CacheKey elsewhere = new CacheKey("com.acme.Flow%", KEY.signature(), "1", "a1");
        for (CacheKey key : List.of(KEY, newer, overload, elsewhere)) {
            put(key, "draft", null);
        }

        cache().clear(KEY.declaringClass(), KEY.signature());

        assertThat(text(KEY)).isEmpty();
        assertThat(text(newer)).isEmpty();
        assertThat(text(overload)).isPresent();
        assertThat(text(elsewhere)).isPresent();
    }

    /** A cache that cannot look for versions drops more. */
    @Test
    void clearingVersionsDropsAllEntriesOfThem() {
        CacheKey erased = new CacheKey(KEY.declaringClass(), KEY.signature(), "1\nsubject a", "a1");
        CacheKey other = new CacheKey("com.acme.Other", "search()", "7\nsubject a", "");
        put(erased, "draft", null);
        put(other, "found", HOUR);

        int dropped = cache().clearVersions(version -> version.endsWith("\nsubject a"));

        assertThat(dropped).isIn(0, 2);
        assertThat(text(erased)).isEmpty();
        assertThat(text(other)).isEmpty();
    }

    @Test
    @Tag("B253")
    void clearingAllDropsEverything() {
        CacheKey other = new CacheKey("com.acme.Other", "search()", "1", "");
        put(KEY, "draft", null);
        put(other, "found", HOUR);

        cache().clear();

        assertThat(text(KEY)).isEmpty();
        assertThat(text(other)).isEmpty();
    }

    @Test
    void clearingWhatIsNotThereIsNoError() {
        cache().clear("com.acme.Flow", "compose()");
        cache().clear();
    }

    @Test
    void concurrentCallsSeeWholeEntries() throws Exception {
        List<Boolean> whole = Contenders.race(8, contender -> {
            boolean sound = true;
            for (int i = 0; i < 50; i++) {
                CacheKey key = new CacheKey("com.acme.Flow", "compose()", "1", "" + i % 5);
                cache().put(key, String.valueOf(contender).repeat(1_000).getBytes(UTF_8), HOUR);
                String read = text(key).orElse("");
                sound &= read.isEmpty() || read.equals(read.substring(0, 1).repeat(1_000));
                if (i % 20 == 19) {
                    cache().clear("com.acme.Flow", "compose()");
                }
            }
            return sound;
        });

        assertThat(whole).hasSize(8).doesNotContain(false);
    }

    protected final void put(CacheKey key, String text, Duration timeToLive) {
        cache().put(key, text.getBytes(UTF_8), timeToLive);
    }

    protected final Optional<String> text(CacheKey key) {
        return cache().get(key).map(bytes -> new String(bytes, UTF_8));
    }
}
