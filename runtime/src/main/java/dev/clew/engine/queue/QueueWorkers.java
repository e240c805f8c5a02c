package dev.clew.engine.queue;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.active.DueRuns;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.schedule.ScheduleFirer;
import dev.clew.engine.setup.Contexts;
import dev.clew.flow.RequestRefusedException;
import dev.clew.queue.Worker;
import dev.clew.value.IllegalRequestException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The workers of one graph. */
public final class QueueWorkers implements AutoCloseable {
    private final RunningHost host;
    private final List<QueueWorker> workers = new CopyOnWriteArrayList<>();

    /** Those that have a worker; guarded by this object. */
    private final Set<String> queues = new HashSet<>();

    private @Nullable ScheduleFirer firer;

    /** What the workers continue beside their queues. */
    private final DueRuns due;

    public QueueWorkers(RunningHost host) {
        this.host = host;
        this.due = DueRuns.forWorkers(host);
    }

    /** Whether the graph has a worker. */
    public boolean isThere() {
        return !workers.isEmpty();
    }

    /** Takes runs from a queue from now on. It is synchronized with {@link #close}, so that no worker outlives the graph. */
    public synchronized void add(Worker worker) {
        host.requireOpen();
        if (queues.contains(worker.queue())) {
            throw new RequestRefusedException("there is a worker of queue '" + worker.queue() + "' already");
        }
        Checkpointer store = host.requireStore("worker");
        ScheduleFirer schedules = firer == null ? new ScheduleFirer(store, host::isClosed) : firer;
        firer = schedules;
        requireContexts();
        QueueWorker added = new QueueWorker(host, store, worker, schedules, due);
        queues.add(worker.queue());
        workers.add(added);
        added.begin();
    }

    /** Refuses workers whose runs would miss a context: what is enqueued has none of its own. */
    private void requireContexts() {
        host.workflows().all().forEach(workflow -> {
            try {
                Contexts.requireSources(workflow.spec(), host.settings());
            } catch (RequestRefusedException missing) {
                throw new IllegalRequestException(
                        "graph builder: a worker executes runs that were enqueued without contexts, and "
                                + missing.getMessage(),
                        missing);
            }
        });
    }

    /** Takes nothing more, as if the process had died. */
    public void crash() {
        workers.forEach(QueueWorker::crash);
    }

    /** Takes nothing more, and says so to the queues. */
    @Override
    public synchronized void close() {
        workers.forEach(QueueWorker::close);
    }
}
