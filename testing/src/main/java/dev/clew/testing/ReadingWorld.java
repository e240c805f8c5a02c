package dev.clew.testing;

import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/** The world of a graph that only reads: nothing is executed, also if the graph has a worker, and nothing is ever due. */
record ReadingWorld(Clock clock) implements World {
    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        return new CompletableFuture<>();
    }

    @Override
    public Repeating every(Duration pause, String name, Runnable work) {
        return () -> {};
    }

    @Override
    public long fresh() {
        return 0;
    }

    @Override
    public double chance() {
        return 0;
    }

    @Override
    public Executor executor(Executor given) {
        return work -> {};
    }

    @Override
    public boolean requiresCache() {
        return false;
    }

    @Override
    public void close() {}
}
