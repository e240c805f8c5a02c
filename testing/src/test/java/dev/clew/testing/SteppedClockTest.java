package dev.clew.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteppedClockTest {
    private final SteppedClock clock = new SteppedClock();

    @Test
    void standsUntilItIsStepped() {
        assertThat(clock.instant()).isEqualTo(SteppedClock.BEGINNING);

        clock.advance(Duration.ofDays(7));

        assertThat(clock.instant()).isEqualTo(SteppedClock.BEGINNING.plus(Duration.ofDays(7)));
    }

    @Test
    void neverGoesBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1))).hasMessageContaining("goes forward");
    }
}
