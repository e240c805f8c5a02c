package dev.clew.schedule;

/**
 * What a schedule does at a tick if the run that it enqueued before is not over: if that waits in a queue, executes, sleeps,
 * waits for an answer, or is held.
 *
 * <pre>{@code
 * ScheduleOptions.DEFAULT.overlap(Overlap.ENQUEUE)
 * }</pre>
 */
public enum Overlap {
    /** It leaves the tick out. */
    SKIP,
    /** It enqueues another run all the same. */
    ENQUEUE
}
