package dev.clew.engine.queue;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.active.DueRuns;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.schedule.ScheduleFirer;
import dev.clew.engine.setup.Contexts;
import dev.clew.flow.RequestRefusedException;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.RunQueue;
import dev.clew.queue.Worker;
import dev.clew.value.IllegalRequestException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** The workers of one graph. */
public final class QueueWorkers implements AutoCloseable {
    private final RunningHost host;

    /** By the names of their queues. */
    private final Map<String, QueueWorker> workers = new ConcurrentHashMap<>();

    private @Nullable ScheduleFirer firer;

    /** What the workers continue beside their queues. */
    private final DueRuns due;

    public QueueWorkers(RunningHost host) {
        this.host = host;
        this.due = DueRuns.forWorkers(host);
    }

    /** Whether a worker of the graph takes runs. */
    public boolean isTaking() {
        return workers.values().stream().anyMatch(QueueWorker::isTaking);
    }

    /** Takes runs from a queue from now on. It is synchronized with {@link #close}, so that no worker outlives the graph. */
    public synchronized void add(Worker worker) {
        host.requireOpen();
        if (workers.containsKey(worker.queue())) {
            throw new RequestRefusedException("there is a worker of queue '" + worker.queue() + "' already");
        }
        Checkpointer store = host.requireStore("worker");
        ScheduleFirer schedules = firer == null ? new ScheduleFirer(store, host::isClosed) : firer;
        firer = schedules;
        requireContexts();
        limit(store.queue(), worker);
        QueueWorker added = new QueueWorker(host, store, worker, schedules, due);
        workers.put(worker.queue(), added);
        added.begin();
    }

    /** Stores the limits that a worker brings: the queue has them in all processes. */
    private static void limit(RunQueue queue, Worker worker) {
        QueueSettings stored = queue.state(worker.queue()).settings();
        worker.changed(stored).ifPresent(settings -> {
            boolean isFirst = stored.equals(QueueSettings.NONE);
            LOG.atLevel(isFirst ? Level.INFO : Level.WARN)
                    .log(
                            "queue '{}' has other limits from now on, in all processes: {} in place of {}",
                            worker.queue(),
                            settings,
                            stored);
            queue.configure(worker.queue(), settings);
        });
    }

    /**
     * The worker of a queue.
     *
     * @throws RequestRefusedException if there is none
     */
    public QueueWorker worker(String queue) {
        QueueWorker worker = workers.get(queue);
        if (worker == null) {
            throw new RequestRefusedException("this graph has no worker of queue '" + queue
                    + "'; give the builder one, or call work(Worker.of(\"" + queue + "\"))");
        }
        return worker;
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
        workers.values().forEach(QueueWorker::crash);
    }

    /** Takes nothing more, and says so to the queues. */
    @Override
    public synchronized void close() {
        workers.values().forEach(QueueWorker::close);
    }
}
