package dev.clew.engine;

import dev.clew.queue.Worker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The workers of one graph. */
final class QueueWorkers implements AutoCloseable {
    private final Engine engine;
    private final List<QueueWorker> workers = new CopyOnWriteArrayList<>();

    QueueWorkers(Engine engine) {
        this.engine = engine;
    }

    /** Takes runs from a queue from now on. */
    void add(Worker worker) {
        QueueWorker added = new QueueWorker(engine, engine.requireStore("worker"), worker);
        workers.add(added);
        added.begin();
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
