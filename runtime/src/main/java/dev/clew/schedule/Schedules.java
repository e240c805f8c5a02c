package dev.clew.schedule;

import dev.clew.queue.QueuedRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Schedules: a part of the persistence port, which {@link dev.clew.checkpoint.Checkpointer#schedules()} gives.
 *
 * <p>The contract, which the shipped contract suite proves of every implementation:
 *
 * <ul>
 *   <li><b>Changes</b> are compare-and-set on the revision: of several that read the same record, one succeeds. A schedule
 *       that was deleted and made again has a greater revision than it ever had.
 *   <li><b>Firing</b> is one transaction: either the schedule has its next tick and the request is in its thread's line, or
 *       neither.
 *   <li><b>Durability.</b> What these methods changed survives power loss when they return.
 * </ul>
 *
 * <p>All methods may be called from any thread. A broken store throws {@link dev.clew.checkpoint.CheckpointException}.
 *
 * <pre>{@code
 * for (ScheduleRecord due : checkpointer.schedules().list(checkpointer.now())) {
 *   fire(due);
 * }
 * }</pre>
 */
public interface Schedules {
    /** How many due schedules are listed at once. */
    int MOST_DUE = 500;

    /**
     * Stores a schedule in place of the one of that name, durably.
     *
     * @return false, with nothing stored, if the stored one has another revision, or if one is stored and the revision is 0
     */
    boolean put(ScheduleRecord schedule);

    /**
     * Moves a schedule to its next tick and enqueues the request of the tick before, durably, both or neither. A request
     * whose id its thread knows is not enqueued again.
     *
     * @param due the schedule as it was read
     * @param next the next tick; null if there is none
     * @param request what is enqueued; null if the tick is left out
     * @return false, with nothing changed, if the schedule has another revision, or was deleted
     */
    boolean fire(ScheduleRecord due, @Nullable Instant next, @Nullable QueuedRun request);

    /** Returns a schedule; empty if there is none of this name. */
    Optional<ScheduleRecord> find(String name);

    /**
     * Lists schedules.
     *
     * @param dueBefore only those that are not paused and whose next tick is not after this moment, up to {@link #MOST_DUE},
     *     the oldest tick first, then by name; null for all, by name
     */
    List<ScheduleRecord> list(@Nullable Instant dueBefore);

    /**
     * Continues {@link #list(Instant)} of what is due: of many, some may stay due because no worker can read their ticks.
     *
     * @param after the last one that was listed
     */
    List<ScheduleRecord> list(Instant dueBefore, ScheduleRecord after);

    /**
     * Deletes a schedule, durably. What it enqueued stays.
     *
     * @return false if there was none of this name
     */
    boolean delete(String name);
}
