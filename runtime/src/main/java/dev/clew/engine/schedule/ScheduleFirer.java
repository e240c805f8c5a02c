package dev.clew.engine.schedule;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RunQueue;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.Schedules;
import dev.clew.schedule.Ticks;
import dev.clew.schedule.TicksReaders;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fires the schedules of a store that are due. All workers of all processes do, and compare-and-set gives each tick to one of
 * them; it needs no class of the workflows. Thread-safe.
 */
public final class ScheduleFirer {
    private final Checkpointer store;
    private final BooleanSupplier closed;

    /** What was logged already; a look each second must not log it again. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    private volatile @Nullable TicksReaders readers;

    /** Fires until the engine is closed. */
    public ScheduleFirer(Checkpointer store, BooleanSupplier closed) {
        this.store = store;
        this.closed = closed;
    }

    /**
     * Fires what is due now. A schedule that cannot be fired is logged, and does not keep the others from it.
     *
     * @throws dev.clew.checkpoint.CheckpointException if the schedules cannot be listed
     */
    public void fireDue() {
        Schedules schedules = store.schedules();
        Instant now = store.now();
        List<ScheduleRecord> page = schedules.list(now);
        while (!page.isEmpty() && !closed.getAsBoolean()) {
            page.forEach(due -> tryToFire(schedules, due, now));
            page = page.size() < Schedules.MOST_DUE ? List.of() : schedules.list(now, page.get(page.size() - 1));
        }
    }

    private void tryToFire(Schedules schedules, ScheduleRecord due, Instant now) {
        if (closed.getAsBoolean()) {
            return;
        }
        try {
            fire(schedules, due, now);
        } catch (RuntimeException | LinkageError unwell) {
            report(due, unwell);
        }
    }

    private void fire(Schedules schedules, ScheduleRecord due, Instant now) {
        Instant first = due.nextAt();
        if (first == null) {
            return;
        }
        Ticks ticks = read(due);
        if (ticks == null) {
            return;
        }
        Instant tick = newest(ticks, first, now);
        boolean isLeftOut = isTooLate(due, tick, now) || isOverlapping(due, tick);
        boolean unused = schedules.fire(
                due, ticks.next(tick).orElse(null), isLeftOut ? null : due.run().at(due.name(), tick));
    }

    /** The newest tick up to now. There may be millions since the first one, so it is searched for by halves. */
    static Instant newest(Ticks ticks, Instant first, Instant now) {
        Instant newest = first;
        Instant end = now;
        while (true) {
            Optional<Instant> next = ticks.next(newest).filter(tick -> !tick.isAfter(now));
            if (next.isEmpty()) {
                return newest;
            }
            newest = next.get();
            Instant middle = newest.plus(Duration.between(newest, end).dividedBy(2));
            Optional<Instant> later = ticks.next(middle).filter(tick -> !tick.isAfter(now));
            if (later.isPresent()) {
                newest = later.get();
            } else {
                end = middle;
            }
        }
    }

    private static boolean isTooLate(ScheduleRecord due, Instant tick, Instant now) {
        boolean late = now.isAfter(Spans.after(tick, due.options().longestDelay()));
        if (late) {
            LOG.info("schedule '{}' leaves out tick {}, which was missed", due.name(), tick);
        }
        return late;
    }

    private boolean isOverlapping(ScheduleRecord due, Instant tick) {
        Firing last = due.last();
        if (due.options().overlap() != Overlap.SKIP || last == null) {
            return false;
        }
        RunQueue queue = store.queue();
        Optional<RequestRow> open = queue.find(last.threadId(), last.requestId())
                .filter(row -> !row.state().isOver());
        open.ifPresent(row -> LOG.info(
                "schedule '{}' leaves out tick {}: its run '{}' of thread '{}' is not over, but {}",
                due.name(),
                tick,
                last.requestId(),
                last.threadId(),
                row.state()));
        return open.isPresent();
    }

    /** Returns the ticks; null, and a line in the log for each kind, if they are left to other workers. */
    private @Nullable Ticks read(ScheduleRecord due) {
        TicksReaders known = readers();
        if (known.hasReader(due.ticks())) {
            return known.read(due.ticks());
        }
        if (reported.add(due.ticks().substring(0, Math.max(0, due.ticks().indexOf(':'))))) {
            LOG.warn(
                    "schedule '{}' with ticks '{}' is left to other workers, as are all of that kind: no reader here knows it."
                            + " Cron is read by clew-schedules, which must be on the class path",
                    due.name(),
                    due.ticks());
        }
        return null;
    }

    private TicksReaders readers() {
        TicksReaders known = readers;
        if (known == null) {
            known = TicksReaders.ofThisThread();
            readers = known;
        }
        return known;
    }

    private void report(ScheduleRecord due, Throwable unwell) {
        if (reported.add(due.name() + '\n' + due.ticks() + '\n' + unwell.getMessage())) {
            LOG.warn(
                    "schedule '{}' with ticks '{}' cannot be fired by this worker, which looks again; it is due since {}",
                    due.name(),
                    due.ticks(),
                    due.nextAt(),
                    unwell);
        }
    }
}
