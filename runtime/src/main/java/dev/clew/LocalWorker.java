package dev.clew;

import dev.clew.engine.queue.QueueWorker;

/**
 * This graph's worker of a queue, which may be stopped and started again: for deploys, and for probes that say whether a process is
 * ready. Thread-safe. The workers of other processes go on.
 *
 * <pre>{@code
 * LocalWorker essays = graph.worker("essays");
 * essays.stop();
 * while (essays.running() > 0) {
 *   Thread.sleep(1_000);
 * }
 * }</pre>
 */
public final class LocalWorker {
    private final QueueWorker worker;
    private final String queue;

    LocalWorker(QueueWorker worker, String queue) {
        this.worker = worker;
        this.queue = queue;
    }

    /** The name of its queue. */
    public String queue() {
        return queue;
    }

    /**
     * Takes no more runs until {@link #start()}. What was taken and not opened is given back at once, so that other workers take it; what
     * executes continues. Neither does it fire schedules, or see to what is due, and {@link WorkQueue#state()} does not list it. To stop
     * it twice is harmless.
     *
     * @throws dev.clew.flow.RequestRefusedException after the graph was closed
     */
    public void stop() {
        worker.stop();
    }

    /**
     * Takes runs again. To start one that takes is harmless.
     *
     * @throws dev.clew.flow.RequestRefusedException after the graph was closed
     */
    public void start() {
        worker.start();
    }

    /** Whether it takes runs: it was not stopped, and the graph is open. */
    public boolean isTaking() {
        return worker.isTaking();
    }

    /** How many runs it executes, or is about to. Those that sleep, or wait for an answer, are none. */
    public int running() {
        return worker.running();
    }

    @Override
    public String toString() {
        return "LocalWorker[queue '" + queue + "', " + (isTaking() ? "takes runs" : "stopped") + "]";
    }
}
