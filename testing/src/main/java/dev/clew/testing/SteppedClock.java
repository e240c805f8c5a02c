package dev.clew.testing;

import dev.clew.engine.world.Repeating;
import dev.clew.value.Spans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The time of a test. It begins at the same moment in every test and stands still while anything happens. When somebody
 * waits for a run, and that run waits for nothing but time, it jumps to the next moment at which something is due: a
 * sleep of a week, a retry's back-off and a timeout take no time at all. Engine, leases, caches and questions' deadlines
 * all live by it; give it to your own code as a {@link Clock} too. Thread-safe.
 *
 * <pre>{@code
 * lab.clock().hold();                          // from now on it moves only when told to
 * var run = write.start("rain");
 * lab.clock().advance(Duration.ofDays(7));     // whatever becomes due happens before this returns
 * }</pre>
 */
public final class SteppedClock extends Clock implements AutoCloseable {
    /** When every test begins. */
    public static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

    /** How long, in real time, work that became due may take before the clock moves on. */
    private static final long PATIENCE_SECONDS = 10;

    private final Rest rest;
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing((Alarm a) -> a.at).thenComparing(a -> a.number));
    private final List<Repeated> repeated = new ArrayList<>();
    private Instant now = BEGINNING;
    private long number;
    private boolean held;
    private boolean closed;
    private @Nullable Thread jumper;

    SteppedClock(Rest rest) {
        this.rest = rest;
    }

    /** Something that is due once. */
    private static final class Alarm extends FutureTask<@Nullable Void> {
        private final Instant at;
        private final long number;
        private final Object owner;

        Alarm(Instant at, long number, Object owner, Runnable work) {
            super(work, null);
            this.at = at;
            this.number = number;
            this.owner = owner;
        }
    }

    /** Something that is due again and again, but is nothing to wait for. */
    private static final class Repeated {
        private final Duration pause;
        private final Object owner;
        private final Runnable work;
        private Instant next;

        Repeated(Instant next, Duration pause, Object owner, Runnable work) {
            this.next = next;
            this.pause = pause;
            this.owner = owner;
            this.work = work;
        }
    }

    /** By an odd while, so that whoever reads it gets another moment than before. */
    void moveOn() {
        set(instant().plus(Duration.ofDays(1).plusHours(1).plusMinutes(1).plusMillis(1_001)));
    }

    void set(Instant moment) {
        synchronized (rest) {
            now = moment;
        }
    }

    /** From now on it moves only by {@link #advance}. */
    public void hold() {
        synchronized (rest) {
            held = true;
        }
    }

    /** From now on it jumps by itself again. */
    public void release() {
        synchronized (rest) {
            held = false;
            rest.notifyAll();
        }
    }

    /**
     * Moves on by this. Whatever becomes due on the way happens at its moment and in order, and what follows from it too,
     * before this returns.
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a clock goes forward, not by " + by);
        }
        Instant target;
        boolean before;
        synchronized (rest) {
            target = Spans.after(now, by);
            before = held;
            held = true;
        }
        rest.await(PATIENCE_SECONDS);
        for (Alarm due = takeUntil(target); due != null; due = takeUntil(target)) {
            ring(due);
            rest.await(PATIENCE_SECONDS);
        }
        synchronized (rest) {
            now = now.isAfter(target) ? now : target;
            held = before;
            rest.notifyAll();
        }
        ringRepeated();
        rest.await(PATIENCE_SECONDS);
    }

    private @Nullable Alarm takeUntil(Instant target) {
        synchronized (rest) {
            Alarm next = peek();
            return next == null || next.at.isAfter(target) ? null : take();
        }
    }

    /** Under the monitor. */
    private @Nullable Alarm peek() {
        while (!alarms.isEmpty() && alarms.element().isDone()) {
            alarms.remove();
        }
        return alarms.peek();
    }

    /** Under the monitor: it is work that goes on from this moment. */
    private Alarm take() {
        Alarm next = alarms.remove();
        now = now.isAfter(next.at) ? now : next.at;
        rest.begins();
        return next;
    }

    private void ring(Alarm alarm) {
        try {
            ringRepeated();
            alarm.run();
        } finally {
            rest.ends();
        }
    }

    private void ringRepeated() {
        List<Repeated> due;
        synchronized (rest) {
            due = repeated.stream().filter(each -> !each.next.isAfter(now)).toList();
            due.forEach(each -> each.next = Spans.after(now, each.pause));
        }
        due.forEach(each -> each.work.run());
    }

    Future<?> after(Object owner, Duration delay, Runnable work) {
        synchronized (rest) {
            Alarm alarm = new Alarm(later(delay), number++, owner, work);
            alarms.add(alarm);
            startJumping();
            rest.notifyAll();
            return alarm;
        }
    }

    Repeating every(Object owner, Duration pause, Runnable work) {
        synchronized (rest) {
            Repeated added = new Repeated(Spans.after(now, pause), pause, owner, work);
            repeated.add(added);
            return () -> {
                synchronized (rest) {
                    repeated.remove(added);
                }
            };
        }
    }

    private Instant later(Duration delay) {
        return delay.isNegative() ? now : Spans.after(now, delay);
    }

    /** Nothing of this owner's is due any more. */
    void forget(Object owner) {
        synchronized (rest) {
            alarms.removeIf(alarm -> alarm.owner == owner);
            repeated.removeIf(each -> each.owner == owner);
        }
    }

    private void startJumping() {
        if (jumper == null && !closed) {
            jumper = new Thread(this::jump, "clew-stepped-clock");
            jumper.setDaemon(true);
            jumper.start();
        }
    }

    private void jump() {
        for (Alarm next = awaitStillness(); next != null; next = awaitStillness()) {
            ring(next);
        }
    }

    private @Nullable Alarm awaitStillness() {
        synchronized (rest) {
            while (!closed) {
                if (!held && rest.isStill() && peek() != null) {
                    return take();
                }
                try {
                    rest.wait();
                } catch (InterruptedException stop) {
                    return null;
                }
            }
            return null;
        }
    }

    @Override
    public Instant instant() {
        synchronized (rest) {
            return now;
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        Clock same = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return same.withZone(other);
            }

            @Override
            public Instant instant() {
                return same.instant();
            }
        };
    }

    /** It never jumps again. */
    @Override
    public void close() {
        synchronized (rest) {
            closed = true;
            rest.notifyAll();
        }
    }
}
