package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.WhenOccupied;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Missed;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.ScheduledRun;
import dev.clew.schedule.Schedules;
import dev.clew.value.Spans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of {@code schedule}. */
final class ScheduleRows {
    private static final String COLUMNS =
            "SELECT name, revision, ticks, overlap, missed, catch_up, workflow, thread_id, queue,"
                    + " priority, concurrency_key, abandons, config, input, paused, next_at, last_thread, last_request"
                    + " FROM {s}.schedule";

    private static final String BY_NAME = COLUMNS + " WHERE name = ?";

    private static final String ALL = COLUMNS + " ORDER BY name";

    private static final String DUE = COLUMNS + " WHERE NOT paused AND next_at IS NOT NULL AND next_at <= ?";

    private static final String IN_ORDER = " ORDER BY next_at, name LIMIT " + Schedules.MOST_DUE;

    private static final String FIRST_DUE = DUE + IN_ORDER;

    private static final String NEXT_DUE = DUE + " AND (next_at, name) > (?, ?)" + IN_ORDER;

    private static final String PUT = """
            INSERT INTO {s}.schedule (ticks, overlap, missed, catch_up, workflow, thread_id, queue, priority,
                concurrency_key, abandons, config, input, paused, next_at, last_thread, last_request, name, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING""";

    private static final String REPLACE = """
            UPDATE {s}.schedule SET ticks = ?, overlap = ?, missed = ?, catch_up = ?, workflow = ?, thread_id = ?, queue = ?,
                priority = ?, concurrency_key = ?, abandons = ?, config = ?, input = ?, paused = ?, next_at = ?,
                last_thread = ?, last_request = ?, revision = revision + 1
            WHERE name = ? AND revision = ?""";

    private static final String MOVE =
            "UPDATE {s}.schedule SET next_at = ?, revision = revision + 1 WHERE name = ? AND revision = ?";

    private static final String FIRED = "UPDATE {s}.schedule SET last_thread = ?, last_request = ? WHERE name = ?";

    private static final String DELETE = "DELETE FROM {s}.schedule WHERE name = ?";

    private ScheduleRows() {}

    static boolean put(Session session, ScheduleRecord schedule, StoreTime time) throws SQLException {
        if (schedule.revision() != 0) {
            return update(session, REPLACE, schedule, schedule.revision());
        }
        // A new one begins at the clock, so that it is ahead of one of this name that was deleted.
        return update(session, PUT, schedule, Math.max(1, Moments.stored(time.read(session))));
    }

    private static boolean update(Session session, String sql, ScheduleRecord schedule, long revision)
            throws SQLException {
        ScheduledRun run = schedule.run();
        Firing last = schedule.last();
        return session.update(
                        sql,
                        schedule.ticks(),
                        schedule.options().overlap().name(),
                        schedule.options().missed().name(),
                        Spans.nanos(schedule.options().catchUp()),
                        run.workflow(),
                        run.threadId(),
                        run.queue(),
                        run.priority(),
                        run.concurrencyKey(),
                        run.abandons(),
                        run.config(),
                        run.input(),
                        schedule.isPaused(),
                        Moments.storedOrNull(schedule.nextAt()),
                        last == null ? null : last.threadId(),
                        last == null ? null : last.requestId(),
                        schedule.name(),
                        revision)
                > 0;
    }

    static boolean fire(
            Session session, ScheduleRecord due, @Nullable Instant next, @Nullable QueuedRun request, StoreTime time)
            throws SQLException {
        if (session.update(MOVE, Moments.storedOrNull(next), due.name(), due.revision()) == 0) {
            return false;
        }
        if (request != null) {
            session.update(FIRED, request.threadId(), request.requestId(), due.name());
            QueueLines.enqueue(session, request, WhenOccupied.WAIT, null, time);
        }
        return true;
    }

    static Optional<ScheduleRecord> find(Session session, String name) throws SQLException {
        return session.first(BY_NAME, ScheduleRows::read, name);
    }

    static List<ScheduleRecord> list(Session session, @Nullable Instant dueBefore) throws SQLException {
        return dueBefore == null
                ? session.all(ALL, ScheduleRows::read)
                : session.all(FIRST_DUE, ScheduleRows::read, Moments.stored(dueBefore));
    }

    static List<ScheduleRecord> list(Session session, Instant dueBefore, ScheduleRecord after) throws SQLException {
        return session.all(
                NEXT_DUE,
                ScheduleRows::read,
                Moments.stored(dueBefore),
                Moments.storedOrNull(after.nextAt()),
                after.name());
    }

    static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    private static ScheduleRecord read(ResultSet row) throws SQLException {
        String name = Texts.read(row.getString("name"));
        String lastThread = Texts.readOrNull(row.getString("last_thread"));
        String lastRequest = Texts.readOrNull(row.getString("last_request"));
        return new ScheduleRecord(
                name,
                row.getLong("revision"),
                Texts.read(row.getString("ticks")),
                options(row, name),
                new ScheduledRun(
                        Texts.read(row.getString("workflow")),
                        Texts.readOrNull(row.getString("thread_id")),
                        Texts.read(row.getString("queue")),
                        row.getInt("priority"),
                        Texts.readOrNull(row.getString("concurrency_key")),
                        row.getBoolean("abandons"),
                        row.getBytes("config"),
                        row.getBytes("input")),
                row.getBoolean("paused"),
                Moments.readOrNull(row, "next_at"),
                lastThread == null || lastRequest == null ? null : new Firing(lastThread, lastRequest));
    }

    private static ScheduleOptions options(ResultSet row, String name) throws SQLException {
        try {
            return new ScheduleOptions(
                    Overlap.valueOf(row.getString("overlap")),
                    Missed.valueOf(row.getString("missed")),
                    Duration.ofNanos(row.getLong("catch_up")));
        } catch (IllegalArgumentException unknown) {
            throw new CheckpointException(
                    "schedule '" + name + "' has an unknown option; was it stored by a newer version?", unknown);
        }
    }
}
