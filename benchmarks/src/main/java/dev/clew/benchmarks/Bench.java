package dev.clew.benchmarks;

import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.queue.Worker;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A graph of {@link Steps} over what a variant names: {@code none}, {@code memory}, {@code sqlite/sync} and the like. */
public final class Bench implements AutoCloseable {
    private final StepsGraph graph;
    private final @Nullable Sqlite db;
    private final @Nullable Path folder;

    private Bench(StepsGraph graph, @Nullable Sqlite db, @Nullable Path folder) {
        this.graph = graph;
        this.db = db;
        this.folder = folder;
    }

    public static Bench open(String variant) {
        return open(variant, StepsGraph.builder(new Steps()));
    }

    /** A graph that takes runs from a queue. */
    static Bench open(String variant, Worker worker) {
        return open(variant, StepsGraph.builder(new Steps()).worker(worker));
    }

    private static Bench open(String variant, GraphBuilder<StepsGraph> builder) {
        return switch (variant) {
            case "none" -> new Bench(builder.build(), null, null);
            case "memory" ->
                new Bench(builder.checkpointer(Checkpointer.inMemory()).build(), null, null);
            case "sqlite/sync" -> onFile(builder, Durability.SYNC);
            case "sqlite/async" -> onFile(builder, Durability.ASYNC);
            case "sqlite/exit" -> onFile(builder, Durability.EXIT);
            default -> throw new IllegalArgumentException("no variant '" + variant + "'");
        };
    }

    private static Bench onFile(GraphBuilder<StepsGraph> builder, Durability durability) {
        Path folder = Folders.fresh();
        Sqlite db = Sqlite.open(folder.resolve("steps.db"));
        return new Bench(
                builder.checkpointer(db.checkpointer()).durability(durability).build(), db, folder);
    }

    public StepsGraph graph() {
        return graph;
    }

    /** The bytes of the closed database; 0 where there is none. */
    long closeAndWeigh() {
        graph.close();
        if (db == null || folder == null) {
            return 0;
        }
        db.close();
        try {
            return Files.size(folder.resolve("steps.db"));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } finally {
            Folders.delete(folder);
        }
    }

    @Override
    public void close() {
        closeAndWeigh();
    }
}
