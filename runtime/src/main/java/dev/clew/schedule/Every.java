package dev.clew.schedule;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.Spans;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ticks with a fixed period, counted from a fixed moment: the beginning of 1970 in UTC unless {@link #from} names another
 * one. So {@code Every.of(Duration.ofMinutes(15))} fires at 10:00, 10:15, and so on, whenever a process was started.
 *
 * <p>A worker looks for what is due each {@link dev.clew.queue.Worker#pollEvery}, a second if nothing is said. Of ticks that
 * are closer to each other, only the newest fires at each look.
 *
 * <pre>{@code
 * graph.write().schedule("digest", Every.of(Duration.ofHours(6)), "news", RunConfig.none());
 * }</pre>
 *
 * @param period how far two ticks are apart; at least a millisecond
 * @param start a moment that is a tick, as are all that are whole periods later; earlier ones are not
 */
public record Every(Duration period, Instant start) implements Ticks {
    static final String KIND = "every";

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final String FROM = " from ";

    public Every {
        if (period.compareTo(SHORTEST) < 0) {
            throw new IllegalRequestException("the period of Every must be at least a millisecond, not " + period);
        }
    }

    /** Returns the ticks with this period, counted from the beginning of 1970 in UTC. */
    public static Every of(Duration period) {
        return new Every(period, Instant.EPOCH);
    }

    /** Returns the same ticks, counted from this moment; none is earlier. */
    public Every from(Instant moment) {
        return new Every(period, moment);
    }

    @Override
    public Optional<Instant> next(Instant after) {
        if (after.isBefore(start)) {
            return Optional.of(start);
        }
        try {
            long passed = Duration.between(start, after).dividedBy(period);
            Instant next = start.plus(period.multipliedBy(passed + 1));
            return next.isAfter(Spans.FAR) ? Optional.empty() : Optional.of(next);
        } catch (ArithmeticException | DateTimeException tooFar) {
            return Optional.empty();
        }
    }

    @Override
    public String text() {
        return KIND + ":" + period + (start.equals(Instant.EPOCH) ? "" : FROM + start);
    }

    static Every read(String text) {
        int from = text.indexOf(FROM);
        try {
            return from < 0
                    ? of(Duration.parse(text))
                    : new Every(
                            Duration.parse(text.substring(0, from)),
                            Instant.parse(text.substring(from + FROM.length())));
        } catch (DateTimeException unreadable) {
            throw new IllegalRequestException("'" + text + "' is no period, such as PT15M", unreadable);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
