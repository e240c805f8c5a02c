package dev.clew.contracts.lab;

import dev.clew.engine.world.Machine;
import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.World;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A machine whose clock and alarms stand still until a test moves them. */
public final class SteppedWorld implements World {
    /** A lease that outlives whatever a test moves on by: a long step beneath a run that executes ends a shorter one. */
    public static final Duration LEASE = Duration.ofDays(10_000);

    private final MutableClock clock;
    private final World machine;
    private final List<Alarm> alarms = new ArrayList<>();
    private long nanos;

    public SteppedWorld() {
        this(new MutableClock());
    }

    /** A machine with a clock that others use, too: a store, or a machine that is started later. */
    public SteppedWorld(MutableClock clock) {
        this.clock = clock;
        this.machine = new Machine(clock);
    }

    /** Its clock. A store that a stepped machine uses must have it, because the engine's wall clock is the store's. */
    public MutableClock clock() {
        return clock;
    }

    private record Alarm(long due, FutureTask<?> work) {}

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
    public Instant now() {
        return machine.now();
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Future<?> after(Duration delay, Runnable work) {
        FutureTask<?> alarm = new FutureTask<>(work, null);
        alarms.add(new Alarm(Math.min(Long.MAX_VALUE - nanos, Spans.nanos(delay)) + nanos, alarm));
        return alarm;
    }

    @Override
    public Repeating every(Duration pause, String name, Runnable work) {
        return machine.every(pause, name, work);
    }

    @Override
    public long fresh() {
        return machine.fresh();
    }

    @Override
    public double chance() {
        return machine.chance();
    }

    @Override
    public void close() {
        machine.close();
    }
}
