package dev.clew.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule of a checkpointer: the same in all processes. It enqueues a run at each of its ticks, as long as any process of
 * the checkpointer has a {@linkplain dev.clew.queue.Worker worker}. Thread-safe. Implemented by Clew alone: methods will be
 * added.
 *
 * <pre>{@code
 * Schedule nightly = graph.write().schedule("nightly", Cron.of("0 3 * * *", zone), "news", RunConfig.none());
 * nightly.pause();
 * }</pre>
 */
public interface Schedule {
    /** Returns its name. */
    String name();

    /** Returns what is known of it now; empty if there is none of this name. */
    Optional<ScheduleState> state();

    /**
     * Lets it fire no more, in all processes, until {@link #resume()}. What it enqueued is executed. Defining the schedule
     * again does not resume it.
     *
     * @return false if there is none of this name
     */
    boolean pause();

    /**
     * Lets it fire again: at its next tick from now. The ticks that passed meanwhile are left out, not missed.
     *
     * @return false if there is none of this name
     * @throws dev.clew.flow.RequestRefusedException if this process cannot read its ticks; nothing is changed
     */
    boolean resume();

    /**
     * Enqueues the run of a moment at once: of now, or of a tick that was left out. Its next tick stays as it is. It fires whether
     * or not it is paused or its run before is over. Of one moment there is one run, however often this is called.
     *
     * <pre>{@code
     * Firing fired = graph.schedule("nightly").fire(Instant.now()).orElseThrow();
     * }</pre>
     *
     * @return the run; empty if there is no schedule of this name
     */
    Optional<Firing> fire(Instant moment);

    /**
     * Deletes it. What it enqueued stays in its queue.
     *
     * @return false if there was none of this name
     */
    boolean delete();
}
