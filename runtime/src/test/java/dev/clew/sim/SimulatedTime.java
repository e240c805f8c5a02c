package dev.clew.sim;

import dev.clew.engine.Time;
import dev.clew.engine.world.Repeating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The clock, alarms and ids of one process. */
final class SimulatedTime extends Time {
    private final Scheduler scheduler;
    private final Host host;
    private final Random ids;
    private final Set<FutureTask<?>> promised = new LinkedHashSet<>();

    SimulatedTime(Scheduler scheduler, Host host, Random ids) {
        super(scheduler.clock());
        this.scheduler = scheduler;
        this.host = host;
        this.ids = ids;
    }

    @Override
    public long nanos() {
        return scheduler.nanos();
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        return scheduler.alarm(host, "alarm", nanosOf(delay), work);
    }

    @Override
    public void later(Duration delay, Runnable work) {
        FutureTask<?> once = new FutureTask<>(work, null);
        promised.add(once);
        scheduler.alarm(host, "later", nanosOf(delay), () -> keep(once));
    }

    private void keep(FutureTask<?> promise) {
        promised.remove(promise);
        promise.run();
    }

    @Override
    public Repeating every(Duration pause, String name, Runnable work) {
        boolean[] closed = {false};
        again(pause, name, work, closed);
        return () -> closed[0] = true;
    }

    private void again(Duration pause, String name, Runnable work, boolean[] closed) {
        scheduler.alarm(host, name, pause.toNanos(), () -> {
            if (!closed[0]) {
                work.run();
                again(pause, name, work, closed);
            }
        });
    }

    private static long nanosOf(Duration delay) {
        return delay.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : delay.toNanos();
    }

    @Override
    public String freshId() {
        return Long.toHexString(ids.nextLong());
    }

    @Override
    public long freshSeed(String threadId, String runId) {
        return ids.nextLong();
    }

    @Override
    public void close() {
        new ArrayList<>(promised).forEach(this::keep);
    }
}
