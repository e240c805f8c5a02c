package dev.clew.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * The one place where a span of time becomes a number or a moment. Nothing here overflows: what is longer than a number
 * or a calendar can say is held to the longest that it can, so a caller may say "for ever" in any way. All methods are
 * pure.
 *
 * <pre>{@code
 * long nanos = Spans.nanos(ChronoUnit.FOREVER.getDuration()); // Long.MAX_VALUE
 * Instant until = Spans.after(clock.instant(), lease);        // never throws
 * }</pre>
 */
public final class Spans {
    /** About 31,000 years: the last moment that every store can keep, with room to add to. */
    public static final Instant FAR = Instant.ofEpochSecond(1_000_000_000_000L);

    private static final long FAR_MICROS = FAR.getEpochSecond() * 1_000_000;

    private Spans() {}

    /** In nanoseconds: at most, and for a negative span at least, what a {@code long} holds (292 years). */
    public static long nanos(Duration span) {
        try {
            return span.toNanos();
        } catch (ArithmeticException tooLong) {
            return span.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** In microseconds, rounded up, and never more than {@link #FAR} is from the epoch. */
    public static long micros(Duration span) {
        long seconds = span.getSeconds();
        if (seconds >= FAR.getEpochSecond()) {
            return FAR_MICROS;
        }
        if (seconds <= -FAR.getEpochSecond()) {
            return -FAR_MICROS;
        }
        return seconds * 1_000_000 + (span.getNano() + 999) / 1_000;
    }

    /** A span of so many microseconds; less than nothing is nothing. */
    public static Duration ofMicros(long micros) {
        long held = Math.max(0, micros);
        return Duration.ofSeconds(held / 1_000_000, held % 1_000_000 * 1_000);
    }

    /** A moment in microseconds since the epoch, held to {@link #FAR} on either side. */
    public static long micros(Instant moment) {
        long seconds = moment.getEpochSecond();
        if (seconds >= FAR.getEpochSecond()) {
            return FAR_MICROS;
        }
        if (seconds <= -FAR.getEpochSecond()) {
            return -FAR_MICROS;
        }
        return seconds * 1_000_000 + moment.getNano() / 1_000;
    }

    /** So many microseconds later, held to {@link #FAR}. */
    public static long later(long micros, Duration span) {
        return Math.min(FAR_MICROS, micros + micros(span));
    }

    /** A moment so much later, held to {@link #FAR}. */
    public static Instant after(Instant moment, Duration span) {
        try {
            Instant then = moment.plus(span);
            return then.isAfter(FAR) ? FAR : then;
        } catch (ArithmeticException | DateTimeException tooFar) {
            return span.isNegative() ? Instant.MIN : FAR;
        }
    }

    /** A moment so much earlier; {@link Instant#MIN} if a calendar cannot say it. */
    public static Instant before(Instant moment, Duration span) {
        try {
            return moment.minus(span);
        } catch (ArithmeticException | DateTimeException tooFar) {
            return span.isNegative() ? FAR : Instant.MIN;
        }
    }
}
