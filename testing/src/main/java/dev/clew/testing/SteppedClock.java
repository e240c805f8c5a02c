package dev.clew.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that only moves when it is told to. It begins at the same moment in every test. Thread-safe.
 *
 * <pre>{@code
 * clock.advance(Duration.ofDays(7));
 * }</pre>
 */
public final class SteppedClock extends Clock {
    /** When every test begins. */
    public static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

    private Instant now = BEGINNING;

    SteppedClock() {}

    /** Moves on by this. */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a clock goes forward, not by " + by);
        }
        now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
