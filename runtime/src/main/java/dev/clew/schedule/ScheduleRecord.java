package dev.clew.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as a store has it.
 *
 * <pre>{@code
 * boolean stored = schedules.put(read.paused(true));
 * }</pre>
 *
 * @param name its name, which no other schedule of the store has
 * @param revision what the store compares; 0 for one that is not stored yet. Every change gives another one
 * @param ticks the text of its {@link Ticks}
 * @param options how it fires
 * @param run what it enqueues
 * @param isPaused whether it does not fire
 * @param nextAt the next tick; null if there is none
 * @param last what it enqueued last; null if it never did
 */
public record ScheduleRecord(
        String name,
        long revision,
        String ticks,
        ScheduleOptions options,
        ScheduledRun run,
        boolean isPaused,
        @Nullable Instant nextAt,
        @Nullable Firing last) {

    /** Returns the same with this revision. */
    public ScheduleRecord revision(long stored) {
        return new ScheduleRecord(name, stored, ticks, options, run, isPaused, nextAt, last);
    }

    /** Returns the same with this next tick. */
    public ScheduleRecord next(@Nullable Instant tick) {
        return new ScheduleRecord(name, revision, ticks, options, run, isPaused, tick, last);
    }

    /** Returns the same, paused or not. */
    public ScheduleRecord paused(boolean pause) {
        return new ScheduleRecord(name, revision, ticks, options, run, pause, nextAt, last);
    }

    /** Returns the same after it enqueued this. */
    public ScheduleRecord fired(Firing firing) {
        return new ScheduleRecord(name, revision, ticks, options, run, isPaused, nextAt, firing);
    }
}
