package dev.clew.lab;

import dev.clew.checkpoint.MutableClock;
import dev.clew.engine.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A graph's clock and alarms, which stand still until a test moves them. */
public final class SteppedTime extends Time {
    private final MutableClock clock;
    private final List<Alarm> alarms = new ArrayList<>();
    private long nanos;
    private boolean closed;

    private record Alarm(long due, FutureTask<?> work) {}

    public SteppedTime() {
        this(new MutableClock());
    }

    private SteppedTime(MutableClock clock) {
        super(clock);
        this.clock = clock;
    }

    /** Moves on by so much; what is due by then goes off, in order, before this returns. */
    public void advance(Duration step) {
        List<Alarm> due;
        synchronized (this) {
            nanos += step.toNanos();
            clock.advance(step);
            due = alarms.stream()
                    .filter(alarm -> alarm.due() <= nanos)
                    .sorted(Comparator.comparingLong(Alarm::due))
                    .toList();
            alarms.removeAll(due);
        }
        due.forEach(alarm -> alarm.work().run());
    }

    /** How many alarms are set. */
    public synchronized long alarms() {
        return alarms.stream().filter(alarm -> !alarm.work().isCancelled()).count();
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        return set(delay, work);
    }

    @Override
    public void later(Duration delay, Runnable work) {
        FutureTask<?> alarm = set(delay, work);
        if (isClosed()) {
            alarm.run();
        }
    }

    private synchronized FutureTask<?> set(Duration delay, Runnable work) {
        FutureTask<?> alarm = new FutureTask<>(work, null);
        alarms.add(new Alarm(nanos + delay.toNanos(), alarm));
        return alarm;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        super.close();
    }
}
