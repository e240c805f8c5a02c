package dev.clew.checkpoint;

import dev.clew.queue.Enqueued;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RunQueue;
import dev.clew.schedule.Firing;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.Schedules;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schedules in memory. Their lock is taken before those of threads and of the queue, never after. */
final class MemorySchedules implements Schedules {
    private static final Comparator<ScheduleRecord> BY_TICK = Comparator.comparing(
                    ScheduleRecord::nextAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(ScheduleRecord::name);

    private final RunQueue queue;

    /** Guarded by this object. */
    private final NavigableMap<String, ScheduleRecord> byName = new TreeMap<>();

    /** The greatest revision that a deleted schedule had. Guarded by this object. */
    private long retired;

    MemorySchedules(RunQueue queue) {
        this.queue = queue;
    }

    @Override
    public synchronized boolean put(ScheduleRecord schedule) {
        ScheduleRecord stored = byName.get(schedule.name());
        if ((stored == null ? 0 : stored.revision()) != schedule.revision()) {
            return false;
        }
        byName.put(schedule.name(), schedule.revision(Math.max(schedule.revision(), retired) + 1));
        return true;
    }

    @Override
    public synchronized boolean fire(ScheduleRecord due, @Nullable Instant next, @Nullable QueuedRun request) {
        ScheduleRecord stored = byName.get(due.name());
        if (stored == null || stored.revision() != due.revision()) {
            return false;
        }
        ScheduleRecord moved = stored.next(next);
        if (request != null) {
            Enqueued unused = queue.enqueue(request, true);
            moved = moved.fired(new Firing(request.threadId(), request.requestId()));
        }
        return put(moved);
    }

    @Override
    public synchronized Optional<ScheduleRecord> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public synchronized List<ScheduleRecord> list(@Nullable Instant dueBefore) {
        if (dueBefore == null) {
            return List.copyOf(byName.values());
        }
        return due(dueBefore).limit(MOST_DUE).toList();
    }

    @Override
    public synchronized List<ScheduleRecord> list(Instant dueBefore, ScheduleRecord after) {
        return due(dueBefore)
                .filter(each -> BY_TICK.compare(each, after) > 0)
                .limit(MOST_DUE)
                .toList();
    }

    private Stream<ScheduleRecord> due(Instant dueBefore) {
        return byName.values().stream()
                .filter(each -> !each.isPaused())
                .filter(each -> each.nextAt() != null && !each.nextAt().isAfter(dueBefore))
                .sorted(BY_TICK);
    }

    @Override
    public synchronized boolean delete(String name) {
        ScheduleRecord gone = byName.remove(name);
        retired = gone == null ? retired : Math.max(retired, gone.revision());
        return gone != null;
    }
}
