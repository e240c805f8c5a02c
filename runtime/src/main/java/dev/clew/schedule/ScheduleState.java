package dev.clew.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a schedule.
 *
 * <pre>{@code
 * graph.schedules().forEach(each -> System.out.println(each.name() + " fires next at " + each.next()));
 * }</pre>
 *
 * @param name its name
 * @param workflow the stored name of the workflow that it enqueues
 * @param ticks the text of its ticks, such as {@code every:PT15M}
 * @param options how it fires
 * @param queue the queue of its runs
 * @param threadId the thread of all its runs; null if each has one of its own
 * @param isPaused whether it does not fire
 * @param next the next tick; null if there is none. One that has passed was not seen by a worker that can read the ticks
 * @param last the run that it enqueued last; null if it never did
 */
public record ScheduleState(
        String name,
        String workflow,
        String ticks,
        ScheduleOptions options,
        String queue,
        @Nullable String threadId,
        boolean isPaused,
        @Nullable Instant next,
        @Nullable Firing last) {

    /** Returns what a stored schedule says. */
    public static ScheduleState of(ScheduleRecord schedule) {
        ScheduledRun run = schedule.run();
        return new ScheduleState(
                schedule.name(),
                run.workflow(),
                schedule.ticks(),
                schedule.options(),
                run.queue(),
                run.threadId(),
                schedule.isPaused(),
                schedule.nextAt(),
                schedule.last());
    }
}
