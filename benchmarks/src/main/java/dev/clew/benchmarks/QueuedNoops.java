package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import dev.clew.postgres.Postgres;
import dev.clew.postgres.PostgresOptions;
import dev.clew.queue.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A queue on PostgreSQL, one client that enqueues runs that do nothing, and four workers. */
final class QueuedNoops implements AutoCloseable {
    static final String SCHEMA = "queue_cost";
    private static final int WORKERS = 4;

    private final Server server;
    private final DataSource source;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final NoopGraph client;

    /** @param finished so many finished threads are in the tables before */
    QueuedNoops(Server server, DataSource source, int finished) {
        this.server = server;
        this.source = source;
        server.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        client = graph(null);
        if (finished > 0) {
            FinishedThreads.fill(server, SCHEMA, finished);
        }
        for (int i = 0; i < WORKERS; i++) {
            NoopGraph unused = graph(Worker.of("q").concurrency(64));
        }
    }

    private NoopGraph graph(@Nullable Worker worker) {
        Postgres db =
                Postgres.of(source, PostgresOptions.defaults().schema(SCHEMA).connections(5));
        open.add(0, db);
        var builder = NoopGraph.builder(new Noop()).checkpointer(db.checkpointer());
        NoopGraph graph = (worker == null ? builder : builder.worker(worker)).build();
        open.add(0, graph);
        return graph;
    }

    /** On a thread of its own. */
    void enqueue(String id) {
        enqueue(RunConfig.once(id));
    }

    /** The same, which is deleted some time after its run. */
    void enqueue(String id, Duration kept) {
        enqueue(RunConfig.once(id).deleteWhenDone(kept));
    }

    private void enqueue(RunConfig config) {
        client.start().enqueue(System.nanoTime(), config.queue("q"));
    }

    void awaitEmpty() {
        while (server.number("SELECT count(*) FROM (SELECT 1 FROM " + SCHEMA + ".request LIMIT 1) r") > 0) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception failed) {
                throw new IOException("what a measurement opened could not be closed", failed);
            }
        }
    }
}
