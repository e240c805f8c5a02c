package dev.clew.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Somebody who enqueues, and asks again until he is told that a request is stored. */
final class Customer {
    private final Simulation simulation;
    private final Scheduler scheduler;
    private final World world;
    private final Client client;
    private final Random random;

    Customer(Simulation simulation, Scheduler scheduler, World world, Random random) {
        this.simulation = simulation;
        this.scheduler = scheduler;
        this.world = world;
        this.client = new Client(simulation, scheduler, world, random);
        this.random = random;
    }

    void live() {
        List<Demand.Wanted> wanted = new ArrayList<>(simulation.demand().wanted());
        Collections.shuffle(wanted, random);
        for (Demand.Wanted next : wanted) {
            scheduler.sleep(random.nextInt(random.nextInt(4) == 0 ? 2_000_000_000 : 2_000_000));
            while (world.violations().isEmpty() && !enqueue(next)) {
                scheduler.sleep(random.nextInt(5_000_000));
            }
        }
    }

    private boolean enqueue(Demand.Wanted next) {
        Host host = simulation.anyHost(random);
        if (host == null) {
            return false;
        }
        scheduler.note("enqueue " + next.id() + " on " + next.thread() + " at " + host);
        CompletableFuture<String> stored = host.call(
                "enqueue",
                () -> host.workflow().enqueue(next.input(), next.config()).runId());
        scheduler.join(CompletableFuture.anyOf(stored.handle((id, failed) -> true), host.died()));
        if (!stored.isDone() || stored.isCompletedExceptionally()) {
            if (stored.isDone()) {
                client.judge(stored);
            }
            return false;
        }
        world.check(next.id().equals(stored.join()), "Q1: %s was enqueued as %s", next.id(), stored.join());
        simulation.lines().acknowledge(next);
        return true;
    }
}
