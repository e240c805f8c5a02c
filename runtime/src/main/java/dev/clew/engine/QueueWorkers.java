package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.schedule.ScheduleFirer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.queue.Worker;
import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The workers of one graph. */
final class QueueWorkers implements AutoCloseable {
    private final Engine engine;
    private final List<QueueWorker> workers = new CopyOnWriteArrayList<>();

    private @Nullable ScheduleFirer firer;

    QueueWorkers(Engine engine) {
        this.engine = engine;
    }

    /** Takes runs from a queue from now on. */
    void add(Worker worker) {
        Checkpointer store = engine.requireStore("worker");
        ScheduleFirer schedules = firer == null ? new ScheduleFirer(store, engine::isClosed) : firer;
        firer = schedules;
        requireContexts();
        QueueWorker added = new QueueWorker(engine, store, worker, schedules);
        workers.add(added);
        added.begin();
    }

    /** Refuses workers whose runs would miss a context: what is enqueued has none of its own. */
    private void requireContexts() {
        engine.workflows().all().forEach(workflow -> {
            try {
                Contexts.requireSources(workflow.spec(), engine.settings());
            } catch (RequestRefusedException missing) {
                throw new IllegalRequestException(
                        "graph builder: a worker executes runs that were enqueued without contexts, and "
                                + missing.getMessage(),
                        missing);
            }
        });
    }

    /** Takes nothing more, as if the process had died. */
    void crash() {
        workers.forEach(QueueWorker::crash);
    }

    /** Takes nothing more, and says so to the queues. */
    @Override
    public void close() {
        workers.forEach(QueueWorker::close);
    }
}
