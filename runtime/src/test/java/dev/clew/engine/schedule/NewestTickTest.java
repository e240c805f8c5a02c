package dev.clew.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.schedule.Every;
import dev.clew.schedule.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class NewestTickTest {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    /** Ticks that are listed. */
    private record Listed(TreeSet<Instant> moments) implements Ticks {
        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.ofNullable(moments.higher(after));
        }

        @Override
        public String text() {
            return "listed:";
        }
    }

    @Test
    void theNewestTickUpToNowIsFoundAmongAnyTicks() {
        Random random = new Random(0x5eed);
        for (int i = 0; i < 2_000; i++) {
            TreeSet<Instant> moments = new TreeSet<>();
            moments.add(START);
            for (int count = random.nextInt(20); count > 0; count--) {
                moments.add(START.plusNanos(random.nextLong(random.nextBoolean() ? 30 : 1_000_000_000_000L)));
            }
            Instant now = START.plusNanos(random.nextLong(random.nextBoolean() ? 40 : 1_200_000_000_000L));

            assertThat(ScheduleFirer.newest(new Listed(moments), START, now)).isEqualTo(moments.floor(now));
        }
    }

    @Test
    void aYearOfSecondsIsSearchedInFewSteps() {
        AtomicInteger asked = new AtomicInteger();
        Every seconds = Every.of(Duration.ofSeconds(1));
        Ticks counted = new Ticks() {
            @Override
            public Optional<Instant> next(Instant after) {
                asked.incrementAndGet();
                return seconds.next(after);
            }

            @Override
            public String text() {
                return seconds.text();
            }
        };
        Instant now = START.plus(Duration.ofDays(365)).plusMillis(500);

        assertThat(ScheduleFirer.newest(counted, START, now)).isEqualTo(START.plus(Duration.ofDays(365)));
        assertThat(asked.get()).isLessThan(150);
    }
}
