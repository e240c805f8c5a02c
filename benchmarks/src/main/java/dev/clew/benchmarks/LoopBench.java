package dev.clew.benchmarks;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.graph.GraphWorkflow;
import dev.clew.interrupt.Command;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@link Loop}, or {@link ScopeLoop} where the variant has {@code scope} in it, over what the variant names: {@code memory},
 * or {@code sqlite} with {@code async} or {@code sync}.
 */
public final class LoopBench implements AutoCloseable {
    private final Runnable closing;
    private final GraphWorkflow<Integer, Integer, Loop.LoopState> workflow;
    private final int n;
    private final @Nullable Sqlite db;
    private final @Nullable Path folder;

    private LoopBench(String variant, int n, @Nullable Path folder) {
        this.n = n;
        this.folder = folder;
        this.db = folder == null ? null : Sqlite.open(folder.resolve("loop.db"));
        Checkpointer store = db == null ? Checkpointer.inMemory() : db.checkpointer();
        Durability durability = variant.endsWith("/sync") ? Durability.SYNC : Durability.ASYNC;
        if (variant.contains("scope")) {
            ScopeLoopGraph graph = on(ScopeLoopGraph.builder(new ScopeLoop()), store, durability);
            this.workflow = graph.workflow();
            this.closing = graph::close;
        } else {
            LoopGraph graph = on(LoopGraph.builder(new Loop()), store, durability);
            this.workflow = graph.workflow();
            this.closing = graph::close;
        }
    }

    private static <G extends Graph> G on(GraphBuilder<G> builder, Checkpointer store, Durability durability) {
        return builder.checkpointer(store).durability(durability).build();
    }

    public static LoopBench open(String variant, int n) {
        return new LoopBench(variant, n, variant.contains("sqlite") ? Folders.fresh() : null);
    }

    private RunConfig thread() {
        return RunConfig.thread("t").maxSupersteps(n + 1);
    }

    public int run() {
        return workflow.invoke(n, thread()).value();
    }

    /** A run that has all its supersteps but one behind it. */
    void pauseBeforeTheLast() {
        var snapshots = workflow.snapshots(thread()).filter(s -> s.superstep() == n - 1);
        workflow.fork(snapshots.findFirst().orElseThrow().config());
    }

    int proceed() {
        return workflow.invoke(Command.proceed(), thread()).value();
    }

    @Override
    public void close() {
        closing.run();
        if (db != null && folder != null) {
            db.close();
            Folders.delete(folder);
        }
    }
}
