package dev.clew.sim;

import dev.clew.engine.world.Courier;
import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.Waiting;
import dev.clew.engine.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** What one process knows of time and chance. */
final class SimulatedWorld implements World {
    /** The longest pause between two rounds of the courier, in nanoseconds: longer than most turns. */
    private static final int ROUND = 200_000;

    private final Scheduler scheduler;
    private final Host host;
    private final Random random;
    private boolean closed;

    SimulatedWorld(Scheduler scheduler, Host host, Random random) {
        this.scheduler = scheduler;
        this.host = host;
        this.random = random;
    }

    @Override
    public Instant now() {
        return scheduler.now();
    }

    @Override
    public long nanos() {
        return scheduler.nanos();
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        if (closed) {
            throw new RejectedExecutionException("the world has ended");
        }
        long nanos = delay.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : delay.toNanos();
        return scheduler.alarm(host, "alarm", nanos, () -> {
            if (!closed) {
                work.run();
            }
        });
    }

    @Override
    public Repeating every(Duration pause, String name, Runnable work) {
        boolean[] over = {false};
        again(pause, name, work, over);
        return () -> over[0] = true;
    }

    private void again(Duration pause, String name, Runnable work, boolean[] over) {
        scheduler.alarm(host, name, pause.toNanos(), () -> {
            if (!over[0] && !closed) {
                work.run();
                again(pause, name, work, over);
            }
        });
    }

    @Override
    public long fresh() {
        return random.nextLong();
    }

    @Override
    public double chance() {
        return random.nextDouble();
    }

    @Override
    public Executor executor(Executor given) {
        return work -> scheduler.spawn(host, "work", work);
    }

    @Override
    public Courier courier() {
        return this::comeRound;
    }

    private void comeRound(BooleanSupplier round) {
        scheduler.alarm(host, "courier", random.nextInt(ROUND), () -> {
            if (round.getAsBoolean()) {
                comeRound(round);
            }
        });
    }

    @Override
    public Waiting waiting() {
        return scheduler;
    }

    @Override
    public void close() {
        closed = true;
    }
}
