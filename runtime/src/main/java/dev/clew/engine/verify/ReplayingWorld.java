package dev.clew.engine.verify;

import dev.clew.engine.world.Repeating;
import dev.clew.engine.world.World;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A machine on which scopes are replayed and nothing else is executed. */
final class ReplayingWorld implements World {
    private final World machine;
    private volatile @Nullable String waitsFor;

    ReplayingWorld(World machine) {
        this.machine = machine;
    }

    @Override
    public TaskBody<?> body(TaskSpec<?> task) {
        return task.isScope()
                ? task.body()
                : call -> {
                    throw new Halted(call.taskContext().stepId());
                };
    }

    /** All code is judged, also that of scopes which wait. */
    @Override
    public boolean leavesParked() {
        return false;
    }

    /** The other run is not touched: its thread is verified by itself. */
    @Override
    public boolean opens(String workflow) {
        waitsFor = workflow;
        return false;
    }

    /** The workflow of a run on another thread that was to be opened or joined, since this was asked last; or null. */
    @Nullable
    String waitsFor() {
        String workflow = waitsFor;
        waitsFor = null;
        return workflow;
    }

    @Override
    public boolean requiresCache() {
        return false;
    }

    @Override
    public Instant now() {
        return machine.now();
    }

    @Override
    public long nanos() {
        return machine.nanos();
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        return machine.after(delay, work);
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

    /** The machine is another engine's. */
    @Override
    public void close() {}
}
