package dev.clew.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EveryTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    @Test
    void ticksAreWholePeriodsFromTheBeginningOf1970() {
        Every quarters = Every.of(QUARTER);

        assertThat(quarters.next(NOON.minusNanos(1))).contains(NOON);
        assertThat(quarters.next(NOON)).contains(NOON.plus(QUARTER));
        assertThat(quarters.next(NOON.plusNanos(1))).contains(NOON.plus(QUARTER));
        assertThat(quarters.next(Instant.MIN)).contains(Instant.EPOCH);
    }

    @Test
    void ticksFromAMomentBeginThere() {
        Every quarters = Every.of(QUARTER).from(NOON.plusSeconds(7));

        assertThat(quarters.next(Instant.EPOCH)).contains(NOON.plusSeconds(7));
        assertThat(quarters.next(NOON.plusSeconds(7)))
                .contains(NOON.plusSeconds(7).plus(QUARTER));
        assertThat(quarters.next(NOON.plusSeconds(8).plus(QUARTER)))
                .contains(NOON.plusSeconds(7).plus(QUARTER.multipliedBy(2)));
    }

    @Test
    void aPeriodThatNoCalendarReachesHasNoTick() {
        assertThat(Every.of(ChronoUnit.FOREVER.getDuration()).next(NOON)).isEmpty();
        assertThat(Every.of(QUARTER).next(Spans.FAR)).isEmpty();
        assertThat(Every.of(QUARTER).next(Instant.MAX)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"every:PT15M", "every:PT0.001S", "every:PT24H from 2026-05-01T12:00:00Z"})
    void theStoredFormIsReadBack(String text) {
        Ticks read = TicksReaders.ofThisThread().read(text);

        assertThat(read.text()).isEqualTo(text);
        assertThat(read).isInstanceOf(Every.class).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "every",
                "every:",
                "every:PT15",
                "every:PT1M from ",
                "every:PT0S",
                "moon:full",
                "Every:PT1M"
            })
    void whatIsNoStoredFormIsRefused(String text) {
        assertThatThrownBy(() -> TicksReaders.ofThisThread().read(text)).isInstanceOf(IllegalRequestException.class);
    }

    @Test
    void aPeriodBelowAMillisecondIsRefused() {
        assertThatThrownBy(() -> Every.of(Duration.ofNanos(999_999)))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("millisecond");
        assertThatThrownBy(() -> Every.of(Duration.ofHours(-1))).isInstanceOf(IllegalRequestException.class);
    }

    @Test
    void anIdOfAFiringSaysItsScheduleAndItsTick() {
        String id = Firing.requestId("a@b", NOON);

        assertThat(id).isEqualTo("a@b@2026-05-01T12:00:00Z");
        assertThat(Firing.schedule(id)).contains("a@b");
        assertThat(new Firing("t", id).tick()).isEqualTo(NOON);
        assertThat(Firing.schedule("ann@example.com")).isEmpty();
        assertThat(Firing.schedule("@2026-05-01T12:00:00Z")).isEmpty();
        assertThat(Firing.schedule("plain")).isEmpty();
    }
}
