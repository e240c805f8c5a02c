package dev.clew.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.store.Filter;
import dev.clew.store.Get;
import dev.clew.store.Put;
import dev.clew.store.Store;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How documents expire, and how reading keeps them alive. */
@Tag("B268")
public abstract class ExpiryContract extends StoreFixture {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NANO = Duration.ofNanos(1);

    @Test
    void documentIsGoneWhenItsTimeHasPassed() {
        put("rain", HOUR);
        put("sun", HOUR.multipliedBy(2));
        assertThat(keys(notes().refresh(false))).hasSize(2);

        clock.advance(HOUR.minus(NANO));
        assertThat(noteAt("rain")).isNotNull();
        assertThat(keys(notes().refresh(false))).hasSize(2);
        clock.advance(NANO);
        assertThat(noteAt("rain")).isNull();
        assertThat(keys(notes().refresh(false))).containsExactly("sun");
        clock.advance(HOUR);
        assertThat(store().listNamespaces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {365_000L * 86_400, Long.MAX_VALUE})
    void aTimeToLiveMayBeForEver(long seconds) {
        Duration forever = Duration.ofSeconds(seconds);
        put("given", forever);
        use(options().timeToLive(forever));
        store().put(NOTES, "standard", note("umbrella"));
        clock.advance(Duration.ofDays(30_000));

        assertThat(keys(notes())).containsExactlyInAnyOrder("given", "standard");
        assertThat(noteAt("given")).isNotNull();
    }

    @Test
    void documentsStayByDefault() {
        store().put(NOTES, "rain", note("umbrella"));
        clock.advance(Duration.ofDays(30_000));

        assertThat(noteAt("rain")).isNotNull();
    }

    @Test
    void storeMayGiveATimeToLiveThatAPutOverrides() {
        use(options().timeToLive(HOUR));
        store().put(NOTES, "standard", note("umbrella"));
        store().put(Put.of(NOTES, "longer", note("boots")).timeToLive(HOUR.multipliedBy(2)));
        store().put(Put.of(NOTES, "lasting", note("hat")).forEver());
        clock.advance(HOUR);

        assertThat(keys(notes().refresh(false))).containsExactlyInAnyOrder("longer", "lasting");
    }

    @Test
    void puttingAgainMayGiveAnEndOrTakeItAway() {
        put("a", HOUR);
        store().put(NOTES, "a", note("umbrella"));
        store().put(NOTES, "b", note("boots"));
        put("b", HOUR);
        clock.advance(HOUR);

        assertThat(noteAt("a")).isNotNull();
        assertThat(noteAt("b")).isNull();
    }

    @Test
    void readingStartsTheTimeAnew() {
        put("rain", HOUR);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(50));
            assertThat(store().get(NOTES, "rain", Note.class).orElseThrow().expiresAt())
                    .isEqualTo(clock.instant().plus(HOUR));
        }
        clock.advance(HOUR);

        assertThat(noteAt("rain")).isNull();
    }

    @Test
    void searchingStartsTheTimeOfWhatItFindsAnew() {
        put("rain", HOUR);
        put("sun", HOUR);
        clock.advance(Duration.ofMinutes(50));
        assertThat(keys(notes().filter(Filter.eq("text", "rain")))).containsExactly("rain");
        clock.advance(Duration.ofMinutes(50));

        assertThat(keys(notes().refresh(false))).containsExactly("rain");
    }

    @Test
    void refreshIsSeenByOtherObjects() {
        Store other = open(options());
        put("rain", HOUR);
        assertThat(other.search(notes().refresh(false))).hasSize(1);
        clock.advance(Duration.ofMinutes(50));
        assertThat(store().get(NOTES, "rain", Note.class)).isPresent();
        clock.advance(Duration.ofMinutes(50));

        assertThat(other.search(notes().refresh(false))).hasSize(1);
        assertThat(other.get(NOTES, "rain", Note.class)).isPresent();
    }

    @Test
    void readerMaySayWhetherItRefreshes() {
        put("rain", HOUR);
        clock.advance(Duration.ofMinutes(50));
        store().get(Get.of(NOTES, "rain", Note.class).refresh(false));
        store().search(notes().refresh(false));
        clock.advance(Duration.ofMinutes(10));
        assertThat(noteAt("rain")).isNull();

        use(options().refreshOnRead(false));
        put("sun", HOUR);
        clock.advance(Duration.ofMinutes(50));
        store().get(NOTES, "sun", Note.class);
        assertThat(store().get(Get.of(NOTES, "sun", Note.class).refresh(true))).isPresent();
        clock.advance(Duration.ofMinutes(50));
        assertThat(noteAt("sun")).isNotNull();
        store().get(NOTES, "sun", Note.class);
        clock.advance(Duration.ofMinutes(10));
        assertThat(noteAt("sun")).isNull();
    }

    @Test
    void readingChangesNothingButTheExpiry() {
        put("rain", HOUR);
        var before =
                store().get(Get.of(NOTES, "rain", Note.class).refresh(false)).orElseThrow();
        clock.advance(Duration.ofMinutes(1));
        store().get(NOTES, "rain", Note.class);

        var after =
                store().get(Get.of(NOTES, "rain", Note.class).refresh(false)).orElseThrow();
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.updatedAt()).isEqualTo(before.updatedAt());
        assertThat(after.expiresAt()).isEqualTo(clock.instant().plus(HOUR));
    }

    @Test
    void readThatFailsRefreshesNothing() {
        store().put(Put.of(NOTES, "rain", Map.of("text", 7)).timeToLive(HOUR));
        put("sun", HOUR);
        clock.advance(Duration.ofMinutes(50));
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> store().batch(Get.of(NOTES, "sun", Note.class), Get.of(NOTES, "rain", Note.class)));
        clock.advance(Duration.ofMinutes(10));

        assertThat(noteAt("sun")).isNull();
    }

    @Test
    void documentThatExpiredIsCreatedAnew() {
        put("rain", HOUR);
        clock.advance(HOUR);
        put("rain", HOUR);

        assertThat(store().get(NOTES, "rain", Note.class).orElseThrow().createdAt())
                .isEqualTo(clock.instant());
    }

    @Test
    void sweepRemovesWhatHasExpiredAndCountsIt() {
        for (int i = 0; i < 25; i++) {
            put("k" + i, HOUR);
        }
        put("later", HOUR.multipliedBy(2));
        store().put(NOTES, "lasting", note("hat"));
        assertThat(store().sweep()).isZero();
        clock.advance(HOUR);

        assertThat(store().sweep()).isEqualTo(25);
        assertThat(store().sweep()).isZero();
        assertThat(keys(notes().refresh(false))).containsExactlyInAnyOrder("later", "lasting");
    }

    @Test
    void writesSweepSomeOfWhatHasExpired() {
        for (int i = 0; i < 25; i++) {
            put("k" + i, HOUR);
        }
        clock.advance(HOUR);
        for (int i = 0; i < 3; i++) {
            store().put(NOTES, "new" + i, note("hat"));
        }

        assertThat(store().sweep()).isZero();
    }

    @Test
    void longestTimeToLiveIsForEver() {
        put("rain", Duration.ofSeconds(Long.MAX_VALUE));
        store().get(NOTES, "rain", Note.class);
        clock.advance(Duration.ofDays(30_000));

        assertThat(noteAt("rain")).isNotNull();
    }

    @Test
    void timeToLiveMustBePositive() {
        for (Duration none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatExceptionOfType(ClewException.class).isThrownBy(() -> put("rain", none));
            assertThatExceptionOfType(ClewException.class)
                    .isThrownBy(() -> options().timeToLive(none));
        }
        assertThat(store().listNamespaces()).isEmpty();
    }

    private void put(String key, Duration timeToLive) {
        store().put(Put.of(NOTES, key, note(key)).timeToLive(timeToLive));
    }
}
