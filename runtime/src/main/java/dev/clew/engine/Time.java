package dev.clew.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The engine's only clock, alarm and source of fresh ids: everything else in it must be the same on replay.
 *
 * <p>Log times are whole microseconds, so that a live value equals the replayed one.
 */
public class Time implements AutoCloseable {
    private final Clock clock;
    private final ScheduledThreadPoolExecutor alarms;
    private final Set<FutureTask<?>> promised = ConcurrentHashMap.newKeySet();

    protected Time(Clock clock) {
        this.clock = clock;
        this.alarms = new ScheduledThreadPoolExecutor(1, daemon("clew-timer"));
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public static Time system() {
        return new Time(Clock.systemUTC());
    }

    /** Now, in microseconds since the epoch. */
    public long micros() {
        return toMicros(clock.instant());
    }

    /** A clock that only ever goes forward, for measuring. */
    public long nanos() {
        return System.nanoTime();
    }

    /** Calls back after this long, on the timer's own thread: the work must hand itself on. */
    public Future<?> after(Duration delay, Runnable work) {
        return alarms.schedule(work, Math.max(0, nanosOf(delay)), TimeUnit.NANOSECONDS);
    }

    /** {@link #after} for work that is never called off; closing brings it forward. */
    public void later(Duration delay, Runnable work) {
        FutureTask<?> once = new FutureTask<>(work, null);
        promised.add(once);
        try {
            Future<?> unused = alarms.schedule(() -> keep(once), Math.max(0, nanosOf(delay)), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            keep(once);
        }
        if (alarms.isShutdown()) {
            keep(once);
        }
    }

    /** Calls back again and again with this pause, on a thread of its own with this name, until it is closed. */
    public Repeating every(Duration pause, String name, Runnable work) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(daemon(name));
        Future<?> unused = thread.scheduleWithFixedDelay(work, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        return thread::shutdownNow;
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void keep(FutureTask<?> promise) {
        promised.remove(promise);
        promise.run();
    }

    /** A fresh id, for runs and graphs. */
    public String freshId() {
        return UUID.randomUUID().toString();
    }

    /** A fresh seed, for a run's random numbers. */
    public long freshSeed() {
        UUID id = UUID.randomUUID();
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }

    /** A generator that gives the same numbers for the same seed, on every JVM. */
    static Random seeded(long seed) {
        return new Random(seed);
    }

    @Override
    public void close() {
        alarms.shutdownNow();
        promised.forEach(this::keep);
    }

    static long toMicros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** A duration in microseconds, rounded up, and never more than a few thousand years. */
    static long microsOf(Duration duration) {
        Duration most = Duration.ofDays(1_000_000);
        Duration held = duration.compareTo(most) > 0 ? most : duration;
        return held.plusNanos(999).toNanos() / 1_000;
    }

    private static long nanosOf(Duration duration) {
        return duration.compareTo(Duration.ofDays(100_000)) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
