package dev.clew.schedule;

import java.time.Duration;

/**
 * What a schedule does with ticks that passed while no worker ran.
 *
 * <pre>{@code
 * ScheduleOptions.DEFAULT.missed(Missed.SKIP)
 * }</pre>
 */
public enum Missed {
    /** It leaves out what is more than {@link #LATE} ago when a worker sees it. */
    SKIP,
    /** It fires once, for the newest tick, if that is not longer ago than {@link ScheduleOptions#catchUp()}. */
    ONCE;

    /** How late a tick may fire and still counts as in time. */
    public static final Duration LATE = Duration.ofMinutes(1);
}
