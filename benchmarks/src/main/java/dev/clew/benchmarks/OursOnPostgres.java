package dev.clew.benchmarks;

import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.interrupt.Command;
import dev.clew.postgres.Postgres;
import dev.clew.postgres.PostgresOptions;
import dev.clew.queue.Worker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clew, with durability SYNC. Its queue has four workers, each with connections of its own, as four processes have. */
final class OursOnPostgres implements Contender {
    private static final int ENQUEUERS = 8;
    private static final int WORKERS = 4;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Server server;
    private final StepsGraph graph;
    private int threads;

    OursOnPostgres(Server server) {
        this.server = server;
        this.graph = graph(null);
        for (int i = 0; i < WORKERS; i++) {
            StepsGraph unused = graph(Worker.of("q").concurrency(64));
        }
    }

    private StepsGraph graph(@Nullable Worker worker) {
        Postgres db =
                Postgres.of(server.dataSource(), PostgresOptions.defaults().schema("ours"));
        open.add(0, db);
        var builder =
                StepsGraph.builder(new Steps()).checkpointer(db.checkpointer()).durability(Durability.SYNC);
        StepsGraph built = (worker == null ? builder : builder.worker(worker)).build();
        open.add(0, built);
        return built;
    }

    @Override
    public String title() {
        return "clew";
    }

    private RunConfig fresh() {
        return RunConfig.thread("t" + threads++);
    }

    @Override
    public void sequence(int steps) {
        graph.sequence().invoke(steps, fresh()).value();
    }

    @Override
    public void sequences(int callers, int steps) {
        int first = threads;
        threads += callers;
        Callers.each(
                callers,
                callers,
                i -> graph.sequence()
                        .invoke(steps, RunConfig.thread("t" + (first + i)))
                        .value());
    }

    @Override
    public void fanOut(int steps) {
        graph.fanOut().invoke(steps, fresh()).value();
    }

    @Override
    public void pause(int steps) {
        graph.pausing().invoke(steps, fresh());
    }

    @Override
    public void replay() {
        graph.pausing()
                .invoke(Command.resume(1), RunConfig.thread("t" + (threads - 1)))
                .value();
    }

    @Override
    public void queued(int runs) {
        RunHandle<?>[] handles = new RunHandle<?>[runs];
        int first = threads;
        threads += runs;
        Callers.each(
                ENQUEUERS,
                runs,
                i -> handles[i] = graph.sequence()
                        .enqueue(0, RunConfig.thread("t" + (first + i)).queue("q")));
        Callers.each(ENQUEUERS, runs, i -> handles[i].result().value());
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception failed) {
                throw new IllegalStateException("what a measurement opened could not be closed", failed);
            }
        }
    }
}
