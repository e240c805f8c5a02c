package dev.clew.benchmarks;

import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W8: opening a graph over a database that holds so many paused threads, and answering one of them. The limit: opening the
 * file with plain JDBC and reading a row.
 */
public class StartUp {
    /** A database full of paused threads, made once for all forks. */
    @State(Scope.Benchmark)
    public static class Full {
        @Param({"1000", "100000"})
        public int n;

        private Path folder;
        Path file;
        final AtomicInteger next = new AtomicInteger();

        @Setup(Level.Trial)
        public void fill() throws IOException {
            Path kept = Path.of(System.getProperty("java.io.tmpdir"), "clew-benchmark-threads-" + n + ".db");
            if (!Files.exists(kept)) {
                Path workshop = Folders.fresh();
                Path making = workshop.resolve("making.db");
                try (Sqlite db = Sqlite.open(making);
                        StepsGraph graph = StepsGraph.builder(new Steps())
                                .checkpointer(db.checkpointer())
                                .durability(Durability.EXIT)
                                .build()) {
                    Callers.each(64, n, i -> graph.pausing().invoke(3, RunConfig.thread("t" + i)));
                }
                Files.move(making, kept);
                Folders.delete(workshop);
            }
            folder = Folders.fresh();
            file = folder.resolve("threads.db");
            Files.copy(kept, file);
            try (FileChannel copied = FileChannel.open(file, StandardOpenOption.WRITE)) {
                copied.force(true);
            }
        }

        @TearDown(Level.Trial)
        public void delete() {
            Folders.delete(folder);
        }
    }

    /** What is open during one measurement. */
    @State(Scope.Benchmark)
    public static class Opened {
        private Sqlite db;
        StepsGraph graph;

        void open(Full full) {
            db = Sqlite.open(full.file);
            graph = StepsGraph.builder(new Steps())
                    .checkpointer(db.checkpointer())
                    .build();
        }

        @TearDown(Level.Invocation)
        public void close() {
            graph.close();
            db.close();
        }
    }

    /** A graph over the database that has answered nobody yet. */
    @State(Scope.Benchmark)
    public static class Ready extends Opened {
        @Setup(Level.Invocation)
        public void beReady(Full full) {
            open(full);
        }
    }

    @Benchmark
    public void open(Full full, Opened opened) {
        opened.open(full);
    }

    @Benchmark
    public int firstResume(Full full, Ready ready) {
        String thread = "t" + full.next.getAndIncrement();
        return ready.graph
                .pausing()
                .invoke(Command.resume(1), RunConfig.thread(thread))
                .value();
    }

    @Benchmark
    public int limit(Full full) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + full.file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            return row.getInt(1);
        }
    }
}
