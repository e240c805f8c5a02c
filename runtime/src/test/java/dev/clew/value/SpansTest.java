package dev.clew.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final Duration SINCE_EVER = Duration.ofSeconds(Long.MIN_VALUE);
    private static final Instant NOW = Instant.parse("2031-05-17T08:30:00.123456789Z");

    @Test
    void holdsNanosecondsToWhatALongHolds() {
        assertThat(Spans.nanos(Duration.ofNanos(7))).isEqualTo(7);
        assertThat(Spans.nanos(FOREVER)).isEqualTo(Long.MAX_VALUE);
        assertThat(Spans.nanos(SINCE_EVER)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void roundsMicrosecondsUpAndHoldsThemWithRoomToAdd() {
        assertThat(Spans.micros(Duration.ofNanos(1_001))).isEqualTo(2);
        assertThat(Spans.micros(Duration.ofNanos(-1_000))).isEqualTo(-1);
        long most = Spans.micros(FOREVER);
        assertThat(most + most).isPositive();
        assertThat(Spans.micros(SINCE_EVER)).isEqualTo(-most);
        assertThat(Spans.later(most, FOREVER)).isEqualTo(most);
        assertThat(Spans.micros(Instant.MAX)).isEqualTo(most);
        assertThat(Spans.micros(Instant.MIN)).isEqualTo(-most);
        assertThat(Spans.micros(NOW)).isEqualTo(NOW.getEpochSecond() * 1_000_000 + 123_456);
    }

    @Test
    void aSpanOfMicrosecondsIsNeverNegative() {
        assertThat(Spans.ofMicros(1_500_000)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(Spans.ofMicros(-1)).isEqualTo(Duration.ZERO);
        assertThat(Spans.ofMicros(Long.MAX_VALUE)).isGreaterThan(Duration.ofDays(365_000));
    }

    @Test
    void momentsStayWithinTheCalendar() {
        assertThat(Spans.after(NOW, Duration.ofSeconds(1))).isEqualTo(NOW.plusSeconds(1));
        assertThat(Spans.after(NOW, FOREVER)).isEqualTo(Spans.FAR);
        assertThat(Spans.after(NOW, SINCE_EVER)).isEqualTo(Instant.MIN);
        assertThat(Spans.before(NOW, Duration.ofSeconds(1))).isEqualTo(NOW.minusSeconds(1));
        assertThat(Spans.before(NOW, FOREVER)).isEqualTo(Instant.MIN);
        assertThat(Spans.before(NOW, SINCE_EVER)).isEqualTo(Spans.FAR);
    }
}
