package dev.clew.engine.world;

import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The one place that gives an engine time, alarms, chance, fresh ids and turns; whatever else it does must be the same on
 * replay. The {@link Machine} is the world of production; the test kit makes another one. Thread-safe.
 */
public interface World extends AutoCloseable {
    /** Now, by the wall's clock. */
    Instant now();

    /** A clock that only ever goes forward, for measuring. */
    long nanos();

    /**
     * Calls back after this long, on the world's own thread: the work must hand itself on.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
     */
    Future<?> after(Duration delay, Runnable work);

    /** Calls back again and again with this pause, on a thread of this name, until it is closed or the world ends. */
    Repeating every(Duration pause, String name, Runnable work);

    /** 64 bits that nobody had before, for ids and seeds. */
    long fresh();

    /** What the random numbers of a new run are made from. */
    default long seed(String threadId, String runId) {
        return fresh();
    }

    /** A number from 0 to 1, to spread retries. */
    double chance();

    /** How its threads wait for each other. */
    default Waiting waiting() {
        return Waiting.real();
    }

    /** Who looks after work that is held back for a moment; null where every task goes to the executor at once. */
    default @Nullable Courier courier() {
        return null;
    }

    /** What runs the engine's work, made of what the graph was built with. */
    default Executor executor(Executor given) {
        return given;
    }

    /** The code of a task. */
    default TaskBody<?> body(TaskSpec<?> task) {
        return task.body();
    }

    /** Whether the code of a scope that still waits, as it did at the last pause, need not run again when its run goes on. */
    default boolean leavesParked() {
        return true;
    }

    /**
     * Whether a run may open or join a run of this workflow on another thread; if not, it waits for it. It may only where something
     * is executed: the other run is its graph's, which may be another one.
     */
    default boolean opens(String workflow) {
        return true;
    }

    /** Whether a graph with {@code @Cached} tasks must have a cache. A test may leave it out; its tasks then run each time. */
    default boolean requiresCache() {
        return true;
    }

    /** Who is told what the engine does. */
    default Witness witness() {
        return Witness.NOBODY;
    }

    /** No alarm goes off any more. */
    @Override
    void close();
}
