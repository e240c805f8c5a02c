package dev.clew.engine.world;

import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine's only clock, alarm and source of fresh ids, all taken from its {@link World}: everything else in it must be
 * the same on replay.
 *
 * <p>Log times are whole microseconds, so that a live value equals the replayed one.
 */
public final class Time implements AutoCloseable {
    private final World world;
    /** Null where nothing is stored: then only the world's wall clock counts. */
    private final @Nullable StoreClock wall;

    /** In an order that does not depend on chance, so that simulations repeat. */
    private final Set<FutureTask<?>> promised = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile boolean closed;

    /** The time of an engine that stores nothing. */
    public Time(World world) {
        this.world = world;
        this.wall = null;
    }

    /** The time of an engine whose wall clock is its store's. */
    public Time(World world, Supplier<Instant> store) {
        this.world = world;
        this.wall = new StoreClock(store, world::nanos);
    }

    public World world() {
        return world;
    }

    /** Now, in microseconds since the epoch, by the clock that all processes of a store share; it never goes backwards. */
    public long micros() {
        return wall == null ? toMicros(world.now()) : wall.micros();
    }

    /** Compares the wall clock with the store's, if that was not done a moment ago. May block as a read of the store does. */
    public void synchronize() {
        if (wall != null) {
            wall.synchronize();
        }
    }

    /** A clock that only ever goes forward, for measuring. */
    public long nanos() {
        return world.nanos();
    }

    /** Calls back after this long, on the timer's own thread: the work must hand itself on. */
    public Future<?> after(Duration delay, Runnable work) {
        return world.after(delay, guarded(work));
    }

    /** An alarm's thread has no caller, and its next alarms must go off whatever this one does. */
    private static Runnable guarded(Runnable work) {
        return LastResort.around(work, LastResort.logging("work of an alarm"));
    }

    /** {@link #after} for work that matters only until this is closed: from then on nothing calls back. */
    public Future<?> whileOpen(Duration delay, Runnable work) {
        try {
            return world.after(delay, guarded(work));
        } catch (RejectedExecutionException ended) {
            return new CompletableFuture<>();
        }
    }

    /** {@link #after} for work that must not be lost: closing brings it forward. The work is done once, or cancelled. */
    public Future<?> later(Duration delay, Runnable work) {
        Promised once = new Promised(guarded(work));
        promised.add(once);
        try {
            once.setAlarm(world.after(delay, once));
        } catch (RejectedExecutionException ended) {
            once.run();
        }
        if (closed) {
            once.run();
        }
        return once;
    }

    /** Work that its alarm does, or closing, whichever comes first; unless it is cancelled before. */
    private final class Promised extends FutureTask<@Nullable Void> {
        private volatile @Nullable Future<?> alarm;

        Promised(Runnable work) {
            super(work, null);
        }

        void setAlarm(Future<?> set) {
            alarm = set;
            if (isDone()) {
                set.cancel(false);
            }
        }

        @Override
        protected void done() {
            promised.remove(this);
            Future<?> set = alarm;
            if (set != null) {
                set.cancel(false);
            }
        }
    }

    /** Calls back again and again with this pause, on a thread of its own with this name, until it is closed. */
    public Repeating every(Duration pause, String name, Runnable work) {
        return world.every(pause, name, guarded(work));
    }

    /** A fresh id, for runs and graphs. */
    public String freshId() {
        long high = world.fresh() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = world.fresh() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** A fresh seed, for a run's random numbers. */
    public long freshSeed(String threadId, String runId) {
        return world.seed(threadId, runId);
    }

    @Override
    public void close() {
        closed = true;
        world.close();
        List.of(promised.toArray(new FutureTask<?>[0])).forEach(FutureTask::run);
    }

    public static long toMicros(Instant instant) {
        return Spans.micros(instant);
    }

    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** When something is due that takes so long from a moment on, in microseconds. */
    public static long due(long micros, Duration duration) {
        return Spans.later(micros, duration);
    }

    /** How long it is from a moment to another one, in microseconds both; nothing if it has passed. */
    public static Duration left(long due, long now) {
        return Spans.ofMicros(due - now);
    }
}
