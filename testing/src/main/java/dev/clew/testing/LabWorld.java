package dev.clew.testing;

import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.Witness;
import dev.clew.engine.world.World;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** The world of one graph of a lab: its time is stepped, its chance is seeded, and its tasks may be fakes. */
final class LabWorld implements World {
    private final SteppedClock clock;
    private final Seeds seeds;
    private final Rest rest;
    private final Bodies bodies;
    private final Witness witness;
    private volatile boolean closed;

    LabWorld(SteppedClock clock, Seeds seeds, Rest rest, Bodies bodies, Witness witness) {
        this.clock = clock;
        this.seeds = seeds;
        this.rest = rest;
        this.bodies = bodies;
        this.witness = witness;
    }

    /** Decides what runs in the place of a task's code. */
    @FunctionalInterface
    interface Bodies {
        TaskBody<?> of(TaskSpec<?> task);
    }

    @Override
    public boolean requiresCache() {
        return false;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return Spans.nanos(Duration.between(SteppedClock.BEGINNING, clock.instant()));
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        if (closed) {
            throw new RejectedExecutionException("the graph is closed");
        }
        return clock.after(this, delay, work);
    }

    @Override
    public Repeating every(Duration pause, String name, Runnable work) {
        return clock.every(this, pause, work);
    }

    @Override
    public long fresh() {
        return seeds.fresh();
    }

    @Override
    public long seed(String threadId, String runId) {
        return seeds.of(threadId, runId);
    }

    @Override
    public double chance() {
        return seeds.chance();
    }

    @Override
    public Executor executor(Executor given) {
        return rest.counting(given);
    }

    @Override
    public TaskBody<?> body(TaskSpec<?> task) {
        return bodies.of(task);
    }

    @Override
    public Witness witness() {
        return witness;
    }

    @Override
    public void close() {
        closed = true;
        clock.forget(this);
    }
}
