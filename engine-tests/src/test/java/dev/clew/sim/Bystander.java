package dev.clew.sim;

import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Somebody whose own short runs go on in the same processes, whatever the readers of other runs do. */
final class Bystander {
    /** Longer than anything takes in a process that nothing comes over; shorter than a reader is waited for. */
    private static final long PATIENCE = Listener.STALL.toNanos() / 2;

    /** What came over a process is over by then. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(10);

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    /** It commits, and executes no task: how many of those may execute at once, all runs share. */
    static final WorkflowSpec<String, String> WORKFLOW = WorkflowSpec.of("Random.beside", TEXT, TEXT)
            .body(call -> {
                call.run().sleep(Duration.ofMillis(1));
                call.run().patched("beside");
                return call.arg(0);
            });

    private final Simulation simulation;
    private final Scheduler scheduler;
    private final World world;
    private final Random random;

    Bystander(Simulation simulation, Scheduler scheduler, World world, Random random) {
        this.simulation = simulation;
        this.scheduler = scheduler;
        this.world = world;
        this.random = random;
    }

    void live() {
        for (int i = 0; world.violations().isEmpty(); i++) {
            scheduler.sleep(random.nextLong(Listener.STALL.toNanos()));
            Host host = simulation.anyHost(random);
            if (host != null) {
                run(host, RunConfig.thread("beside" + i));
            }
        }
    }

    private void run(Host host, RunConfig config) {
        long began = scheduler.nanos();
        CompletableFuture<Object> end = host.call(
                        "beside", () -> host.other(WORKFLOW.name()).invokeAsync("in", config))
                .thenCompose(result -> result)
                .handle((result, failed) -> failed == null ? result.value() : failed);
        scheduler.join(CompletableFuture.anyOf(end, host.died()));
        long took = scheduler.nanos() - began;
        if (end.isDone() && simulation.lastTrouble() < began - QUIET) {
            // The next change fails whenever it comes, however long ago that was decided.
            boolean unlucky = String.valueOf(end.join()).contains("CheckpointException");
            world.check(unlucky || "in".equals(end.join()), "P8: a run beside the others came to %s", end.join());
            world.check(took < PATIENCE, "P8: a run beside the others took %s ns", took);
        }
    }
}
