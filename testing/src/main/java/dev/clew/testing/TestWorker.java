package dev.clew.testing;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process beside the one that a test itself uses: a graph of its own over the lab's storage and clock, which takes runs from
 * queues. {@link Lab#worker} makes it. It lives until it is killed or closed, and may be started again. Thread-safe.
 *
 * <pre>{@code
 * var worker = lab.worker("first", () -> JobsGraph.builder(new Jobs()).worker(Worker.of("reports")));
 * worker.crashAfter("fetch");                  // in the middle of whatever it takes first
 * }</pre>
 *
 * @param <G> the generated graph class
 */
public final class TestWorker<G extends Graph> {
    private final String name;
    private final LabProcess.Equipment equipment;
    private final Supplier<GraphBuilder<G>> builder;

    // Guarded by this object.
    private @Nullable LabProcess process;
    private @Nullable G graph;

    private volatile boolean hasDied;

    TestWorker(String name, LabProcess.Equipment equipment, Supplier<GraphBuilder<G>> builder) {
        this.name = name;
        this.equipment = equipment;
        this.builder = builder;
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /**
     * Starts it again after it was killed or closed, with new objects: the builder is made anew.
     *
     * @throws IllegalStateException if it lives
     */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(this + " is running");
        }
        LabProcess life = new LabProcess(equipment);
        life.onDeath(() -> died(life));
        graph = life.open(builder); // which may be refused; then it is as it was
        process = life;
    }

    /**
     * The graph of its present life.
     *
     * @throws IllegalStateException if it is dead or closed
     */
    public synchronized G graph() {
        if (graph == null || !isAlive()) {
            throw new IllegalStateException(this + " is not running; start() begins its next life");
        }
        return graph;
    }

    /** Whether it was neither killed nor closed. */
    public synchronized boolean isAlive() {
        return process != null && !process.isDead();
    }

    /** It is killed now: everything in its memory is dropped, and it says so to nobody. Nothing happens if it is dead. */
    public void crash() {
        LabProcess life;
        synchronized (this) {
            life = process;
        }
        if (life != null) {
            life.die("by the test");
        }
    }

    /** It will be killed at this point; the numbers of writes are those of the whole lab. */
    public void crashAt(CrashPoint point) {
        equipment.crashes().arm(point);
    }

    /** It will be killed as the next attempt of this task begins in it. */
    public void crashBefore(String task) {
        crashAt(CrashPoint.before(task));
    }

    /** It will crash when the code of this task has run, and nothing of that is stored. */
    public void crashWithin(String task) {
        crashAt(CrashPoint.within(task));
    }

    /** It will be killed as soon as it has stored the next outcome of this task. */
    public void crashAfter(String task) {
        crashAt(CrashPoint.after(task));
    }

    /** Closes its graph in good order, as for a deploy: what it took and did not open goes back to the queue. */
    public void close() {
        G open;
        synchronized (this) {
            open = isAlive() ? graph : null;
            graph = null;
            process = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** What the runs did that it executed, in order, in all its lives. */
    public List<LabEvent> events() {
        return equipment.heard().own();
    }

    /** How many attempts of this task it executed. */
    public long executed(String task) {
        return events().stream()
                .filter(event -> event.kind() == LabEvent.Kind.STEP_STARTED
                        && event.step().equals(task))
                .count();
    }

    /** What is in its memory is dropped from a thread that holds none of its locks. */
    private void died(LabProcess life) {
        hasDied = true;
        equipment.rest().begins();
        // It takes over nothing of the thread that it is made on, which may be one that the lab watches.
        Thread undertaker = new Thread(
                null,
                () -> {
                    try {
                        life.drop();
                    } finally {
                        equipment.rest().ends();
                    }
                },
                "clew-lab-" + name,
                0,
                false);
        undertaker.setDaemon(true);
        undertaker.start();
    }

    Code<G> code() {
        return new Code<>(builder, graph -> graph.workflows().stream());
    }

    Set<CrashPoint> armed() {
        return equipment.crashes().armed();
    }

    boolean hasDied() {
        return hasDied;
    }

    @Override
    public String toString() {
        return "worker '" + name + "'";
    }
}
