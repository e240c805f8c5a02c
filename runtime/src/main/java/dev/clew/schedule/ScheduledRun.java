package dev.clew.schedule;

import dev.clew.queue.QueuedRun;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule enqueues at each tick.
 *
 * <pre>{@code
 * QueuedRun request = schedule.run().at(schedule.name(), tick);
 * }</pre>
 *
 * @param workflow the stored name of the workflow
 * @param threadId the thread of all its runs; null if each has one of its own
 * @param queue the queue
 * @param priority a smaller number is taken first
 * @param concurrencyKey by what the queue counts the runs beside each other; null for none
 * @param abandons whether its runs' turn comes while their thread waits for a person: they are opened then, or ended
 * @param config opaque bytes of the engine's: with what the runs are opened
 * @param input opaque bytes of the engine's; null for a workflow without input
 */
public record ScheduledRun(
        String workflow,
        @Nullable String threadId,
        String queue,
        int priority,
        @Nullable String concurrencyKey,
        boolean abandons,
        byte[] config,
        byte @Nullable [] input) {

    /** Returns the request for a tick of the schedule that has this name. */
    public QueuedRun at(String schedule, Instant tick) {
        return new QueuedRun(
                threadId == null ? schedule + "/" + tick : threadId,
                Firing.requestId(schedule, tick),
                queue,
                workflow,
                priority,
                concurrencyKey,
                abandons,
                Duration.ZERO,
                config,
                input);
    }
}
