package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MomentsTest {
    @Test
    void orderOfMomentsIsTheOrderOfTheirNumbers() {
        assertThat(new Long[] {
                    Moments.stored(Instant.MIN),
                    Moments.stored(Instant.parse("1890-01-01T00:00:00.999999999Z")),
                    Moments.stored(Instant.EPOCH.minusNanos(1)),
                    Moments.stored(Instant.EPOCH),
                    Moments.stored(Instant.parse("2031-05-17T08:30:00.123456789Z")),
                    Moments.stored(Instant.MAX)
                })
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(-1L, 0L);
    }
}
