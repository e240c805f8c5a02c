package dev.clew.engine.world;

import dev.clew.value.Spans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The machine that the program runs on: its clocks, its chance, and threads that wait for a moment. */
public final class Machine implements World {
    private final Clock clock;
    private final ScheduledThreadPoolExecutor alarms =
            new ScheduledThreadPoolExecutor(1, work -> DaemonThreads.of("clew-timer", work));
    private final List<ScheduledExecutorService> repeated = new CopyOnWriteArrayList<>();

    public Machine() {
        this(Clock.systemUTC());
    }

    public Machine(Clock clock) {
        this.clock = clock;
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        return alarms.schedule(work, Math.max(0, Spans.nanos(delay)), TimeUnit.NANOSECONDS);
    }

    /** On a thread of its own, so that it is never late because of what others do. */
    @Override
    public Repeating every(Duration pause, String name, Runnable work) {
        ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(task -> DaemonThreads.of(name, task));
        repeated.add(own);
        long nanos = Spans.nanos(pause);
        try {
            Future<?> unused = own.scheduleWithFixedDelay(work, nanos, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closedMeanwhile) {
            // the world has ended, so nothing is called back
        }
        if (alarms.isShutdown()) {
            own.shutdownNow();
        }
        return () -> {
            own.shutdownNow();
            repeated.remove(own);
        };
    }

    @Override
    public long fresh() {
        UUID id = UUID.randomUUID();
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }

    /** A generator that gives the same numbers for the same seed, on every machine. */
    public static Random seeded(long seed) {
        return new Random(seed);
    }

    @Override
    public double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public Courier courier() {
        return SharedCourier.shared();
    }

    @Override
    public void close() {
        alarms.shutdownNow();
        repeated.forEach(ScheduledExecutorService::shutdownNow);
    }
}
