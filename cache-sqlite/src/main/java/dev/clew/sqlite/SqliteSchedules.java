package dev.clew.sqlite;

import dev.clew.queue.QueuedRun;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.Schedules;
import dev.clew.sqlite.Request.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schedules in a file. */
final class SqliteSchedules implements Schedules {
    private final Writer writer;
    private final Readers readers;
    private final SqliteQueue queue;
    private final Clock clock;

    SqliteSchedules(Writer writer, Readers readers, SqliteQueue queue, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public boolean put(ScheduleRecord schedule) {
        long bytes = bytes(schedule.run().config()) + bytes(schedule.run().input());
        return change(bytes, session -> ScheduleRows.put(session, schedule, clock.instant()));
    }

    @Override
    public boolean fire(ScheduleRecord due, @Nullable Instant next, @Nullable QueuedRun request) {
        long bytes = request == null ? 0 : bytes(request.config()) + bytes(request.input());
        boolean fired = change(bytes, session -> ScheduleRows.fire(session, due, next, request, clock.instant()));
        if (fired && request != null) {
            queue.publishReady();
        }
        return fired;
    }

    @Override
    public Optional<ScheduleRecord> find(String name) {
        return readers.read("reading a schedule", session -> ScheduleRows.find(session, name));
    }

    @Override
    public List<ScheduleRecord> list(@Nullable Instant dueBefore) {
        return readers.read("listing schedules", session -> ScheduleRows.list(session, dueBefore));
    }

    @Override
    public List<ScheduleRecord> list(Instant dueBefore, ScheduleRecord after) {
        return readers.read("listing schedules", session -> ScheduleRows.list(session, dueBefore, after));
    }

    @Override
    public boolean delete(String name) {
        return change(0, session -> ScheduleRows.delete(session, name));
    }

    private static long bytes(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    private <T> T change(long bytes, Request.Change<T> change) {
        return writer.call(new Request<>(Kind.durable(bytes), change));
    }
}
