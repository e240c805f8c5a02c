package dev.clew.postgres;

import dev.clew.queue.QueuedRun;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.Schedules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schedules in a schema. A firing locks the row of its schedule, then the line of its thread; nothing that has a line locks
 * such a row, so none waits for another in a circle.
 */
final class PostgresSchedules implements Schedules {
    private final Pool pool;
    private final PostgresQueue queue;
    private final StoreTime time;

    PostgresSchedules(Pool pool, PostgresQueue queue, StoreTime time) {
        this.pool = pool;
        this.queue = queue;
        this.time = time;
    }

    @Override
    public boolean put(ScheduleRecord schedule) {
        Texts.requireFits("schedule's name", schedule.name(), Texts.LONGEST_NAME);
        return pool.call("storing a schedule", session -> ScheduleRows.put(session, schedule, time));
    }

    @Override
    public boolean fire(ScheduleRecord due, @Nullable Instant next, @Nullable QueuedRun request) {
        if (request != null) {
            PostgresQueue.requireFits(request);
        }
        boolean fired = pool.call(
                "firing a schedule",
                session -> session.transaction(both -> ScheduleRows.fire(both, due, next, request, time)));
        if (fired && request != null) {
            queue.publishReady(request.queue());
        }
        return fired;
    }

    @Override
    public Optional<ScheduleRecord> find(String name) {
        return pool.call("reading a schedule", session -> ScheduleRows.find(session, name));
    }

    @Override
    public List<ScheduleRecord> list(@Nullable Instant dueBefore) {
        return pool.call("listing schedules", session -> ScheduleRows.list(session, dueBefore));
    }

    @Override
    public List<ScheduleRecord> list(Instant dueBefore, ScheduleRecord after) {
        return pool.call("listing schedules", session -> ScheduleRows.list(session, dueBefore, after));
    }

    @Override
    public boolean delete(String name) {
        return pool.call("deleting a schedule", session -> ScheduleRows.delete(session, name));
    }
}
