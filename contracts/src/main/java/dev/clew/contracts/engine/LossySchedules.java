package dev.clew.contracts.engine;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.queue.QueuedRun;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.Schedules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store that says of each firing that it failed, though it is stored. */
final class LossySchedules extends ForwardingCheckpointer {
    private final AtomicInteger lost;

    LossySchedules(Checkpointer store, AtomicInteger lost) {
        super(store);
        this.lost = lost;
    }

    @Override
    public Schedules schedules() {
        Schedules real = store().schedules();
        return new Schedules() {
            @Override
            public boolean put(ScheduleRecord schedule) {
                return real.put(schedule);
            }

            @Override
            public boolean fire(ScheduleRecord due, @Nullable Instant next, @Nullable QueuedRun request) {
                if (real.fire(due, next, request)) {
                    lost.incrementAndGet();
                }
                throw new CheckpointException("the answer is lost");
            }

            @Override
            public Optional<ScheduleRecord> find(String name) {
                return real.find(name);
            }

            @Override
            public List<ScheduleRecord> list(@Nullable Instant dueBefore) {
                return real.list(dueBefore);
            }

            @Override
            public List<ScheduleRecord> list(Instant dueBefore, ScheduleRecord after) {
                return real.list(dueBefore, after);
            }

            @Override
            public boolean delete(String name) {
                return real.delete(name);
            }
        };
    }
}
