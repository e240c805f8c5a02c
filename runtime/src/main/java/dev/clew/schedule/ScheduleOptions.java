package dev.clew.schedule;

import dev.clew.value.IllegalRequestException;
import java.time.Duration;

/**
 * How a schedule fires. Immutable; every method returns a changed copy.
 *
 * <pre>{@code
 * graph.write().schedule("nightly", ticks, "news", config, ScheduleOptions.DEFAULT.missed(Missed.SKIP));
 * }</pre>
 *
 * @param overlap what happens if the run before is not over
 * @param missed what happens with ticks that passed while no worker ran
 * @param catchUp how long ago the newest missed tick may be, with {@link Missed#ONCE}
 */
public record ScheduleOptions(Overlap overlap, Missed missed, Duration catchUp) {
    /** {@link Overlap#SKIP}, and {@link Missed#ONCE} for up to a day. */
    public static final ScheduleOptions DEFAULT = new ScheduleOptions(Overlap.SKIP, Missed.ONCE, Duration.ofDays(1));

    public ScheduleOptions {
        if (catchUp.isNegative()) {
            throw new IllegalRequestException("catchUp must not be negative, not " + catchUp);
        }
    }

    /** Returns the same with this behaviour if the run before is not over. */
    public ScheduleOptions overlap(Overlap wanted) {
        return new ScheduleOptions(wanted, missed, catchUp);
    }

    /** Returns the same with this behaviour for missed ticks. */
    public ScheduleOptions missed(Missed wanted) {
        return new ScheduleOptions(overlap, wanted, catchUp);
    }

    /** Returns the same with {@link Missed#ONCE} for up to so long. */
    public ScheduleOptions catchUp(Duration most) {
        return new ScheduleOptions(overlap, Missed.ONCE, most);
    }

    /** Returns how long after a tick the schedule may fire for it. */
    public Duration longestDelay() {
        return missed == Missed.SKIP || catchUp.compareTo(Missed.LATE) < 0 ? Missed.LATE : catchUp;
    }
}
