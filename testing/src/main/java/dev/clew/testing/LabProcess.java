package dev.clew.testing;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.engine.world.LintFindings;
import dev.clew.engine.world.Witness;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** One life of the program under test: its graphs, and their way to the disk. */
final class LabProcess {
    private final CrashStore store;
    private final Witness witness;
    private final Equipment equipment;
    private final TaskCode code;
    private final List<Runnable> drops = new CopyOnWriteArrayList<>();

    /** What every process of a lab shares. */
    record Equipment(
            Disk disk,
            SteppedClock clock,
            Seeds seeds,
            Rest rest,
            Crashes crashes,
            Findings findings,
            Calls calls,
            Heard heard,
            Scripts scripts) {
        /** That of another process: it crashes by itself, and what it does is noted apart, too. */
        Equipment ofAnother() {
            return new Equipment(
                    disk, clock, seeds, rest, crashes.ofAnother(), findings, calls, heard.ofAnother(), scripts);
        }
    }

    LabProcess(Equipment equipment) {
        this.equipment = equipment;
        this.store = new CrashStore(equipment.disk().checkpointer(), equipment.crashes());
        this.witness = new LabWitness(equipment.rest(), equipment.findings(), equipment.calls(), drops);
        this.code = new TaskCode(equipment, store);
    }

    <G extends Graph> G open(Supplier<GraphBuilder<G>> builder) {
        G graph = builder.get()
                .checkpointer(store)
                .listener(equipment.heard().ofProcess(store::isDead))
                .world(new LabWorld(equipment.clock(), equipment.seeds(), equipment.rest(), code::of, witness))
                .build();
        LintFindings.of(graph.getClass())
                .forEach(finding ->
                        equipment.findings().add("the compiler found what would not be replayed: " + finding));
        return graph;
    }

    boolean isDead() {
        return store.isDead();
    }

    void die(String point) {
        store.die(point);
    }

    /** What is done as soon as it has died, on whatever thread it dies: it must not wait. */
    void onDeath(Runnable action) {
        store.onDeath(action);
    }

    /** Drops everything that is in memory. */
    void drop() {
        drops.forEach(Runnable::run);
    }
}
