package dev.clew.engine.schedule;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.queue.QueuedRun;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.ScheduleState;
import dev.clew.schedule.Schedules;
import dev.clew.schedule.Ticks;
import dev.clew.schedule.TicksReaders;
import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The schedules of a store: defines them, finds them, and changes them by compare-and-set. */
public final class ScheduleBook {
    private final Checkpointer store;
    private final Schedules schedules;

    public ScheduleBook(Checkpointer store) {
        this.store = store;
        this.schedules = store.schedules();
    }

    /**
     * Stores a definition, unless the same one is stored. A schedule that is paused stays so.
     *
     * @throws RequestRefusedException if this process could not read the ticks again, or if there are none
     */
    public Schedule define(ScheduleDefinition wanted) {
        requireReadable(wanted);
        for (boolean done = false; !done; ) {
            Optional<ScheduleRecord> stored = schedules.find(wanted.name());
            done = stored.filter(wanted::isSame).isPresent() || schedules.put(replaced(wanted, stored.orElse(null)));
        }
        return schedule(wanted.name());
    }

    private ScheduleRecord replaced(ScheduleDefinition wanted, @Nullable ScheduleRecord stored) {
        Instant next = wanted.ticks()
                .next(store.now())
                .orElseThrow(() -> new RequestRefusedException("schedule '" + wanted.name()
                        + "' has no tick from now on: '" + wanted.ticks().text() + "' gives none"));
        ScheduleRecord record = wanted.record().next(next);
        if (stored == null) {
            return record;
        }
        ScheduleRecord replaced = record.revision(stored.revision()).paused(stored.isPaused());
        return stored.last() == null ? replaced : replaced.fired(stored.last());
    }

    private void requireReadable(ScheduleDefinition wanted) {
        Ticks ticks = wanted.ticks();
        Ticks read = read(wanted.name(), ticks.text());
        Instant now = store.now();
        if (!read.text().equals(ticks.text()) || !read.next(now).equals(ticks.next(now))) {
            throw new RequestRefusedException("schedule '" + wanted.name() + "' has ticks of "
                    + ticks.getClass().getName() + ", which are read back as other ones: '" + ticks.text() + "' as '"
                    + read.text() + "'");
        }
    }

    private static Ticks read(String name, String text) {
        try {
            return TicksReaders.ofThisThread().read(text);
        } catch (IllegalRequestException unreadable) {
            throw new RequestRefusedException(
                    "schedule '" + name + "' cannot be read here: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Returns the schedule of this name, which need not be there. */
    public Schedule schedule(String name) {
        return schedule(name, any -> true);
    }

    /** Returns the schedule of this name if it is of a workflow that is named so; any other is as if it were not there. */
    public Schedule schedule(String name, Predicate<String> workflow) {
        return new Stored(this, name, workflow);
    }

    /** Returns what is known of the schedules of workflows that are named so, by name. */
    public List<ScheduleState> list(Predicate<String> workflow) {
        return schedules.list(null).stream()
                .filter(each -> workflow.test(each.run().workflow()))
                .map(ScheduleState::of)
                .toList();
    }

    private record Stored(ScheduleBook book, String name, Predicate<String> workflow) implements Schedule {
        private Optional<ScheduleRecord> find() {
            return book.schedules
                    .find(name)
                    .filter(each -> workflow.test(each.run().workflow()));
        }

        @Override
        public Optional<ScheduleState> state() {
            return find().map(ScheduleState::of);
        }

        @Override
        public boolean pause() {
            return change(each -> each.paused(true));
        }

        @Override
        public boolean resume() {
            return change(this::resumed);
        }

        private ScheduleRecord resumed(ScheduleRecord paused) {
            return paused.isPaused()
                    ? paused.paused(false)
                            .next(read(name, paused.ticks())
                                    .next(book.store.now())
                                    .orElse(null))
                    : paused;
        }

        private boolean change(UnaryOperator<ScheduleRecord> change) {
            for (Optional<ScheduleRecord> stored = find(); stored.isPresent(); stored = find()) {
                ScheduleRecord changed = change.apply(stored.get());
                if (changed.equals(stored.get()) || book.schedules.put(changed)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Optional<Firing> fire(Instant moment) {
            for (Optional<ScheduleRecord> stored = find(); stored.isPresent(); stored = find()) {
                ScheduleRecord found = stored.get();
                QueuedRun run = found.run().at(name, moment);
                if (book.schedules.fire(found, found.nextAt(), run)) {
                    return Optional.of(new Firing(run.threadId(), run.requestId()));
                }
            }
            return Optional.empty();
        }

        @Override
        public boolean delete() {
            return find().isPresent() && book.schedules.delete(name);
        }

        @Override
        public String toString() {
            return "Schedule['" + name + "']";
        }
    }
}
