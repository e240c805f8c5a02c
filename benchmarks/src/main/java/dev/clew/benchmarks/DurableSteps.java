package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W2: steps in order, each in a file, with the flush at the end. The limit: the same bytes inserted into SQLite, each row
 * committed alone for SYNC, a hundred to a commit for ASYNC, a thousand for EXIT.
 */
public class DurableSteps {
    static final int ROW = 40;

    /** A new file for each run. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"sqlite/sync", "sqlite/async", "sqlite/exit"})
        public String variant;

        @Param({"1000", "10000", "100000"})
        public int n;

        private Bench bench;
        private long empty;

        @Setup(Level.Trial)
        public void warmAndWeighNothing() {
            Warmth.inMemory();
            open();
            bench.graph().sequence().invoke(0, RunConfig.thread("empty"));
            empty = bench.closeAndWeigh();
        }

        @Setup(Level.Invocation)
        public void open() {
            bench = Bench.open(variant);
        }

        @TearDown(Level.Invocation)
        public void close() {
            long bytes = bench.closeAndWeigh() - empty;
            Facts.note("W2", variant, n, "bytes", bytes / (double) n);
        }
    }

    /** A new file for each run. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param({"sqlite/sync", "sqlite/async", "sqlite/exit"})
        public String variant;

        @Param("5000")
        public int units;

        private RawSqlite db;

        @Setup(Level.Invocation)
        public void open() {
            db = RawSqlite.open();
        }

        @TearDown(Level.Invocation)
        public void close() {
            db.close();
        }

        int rowsPerCommit() {
            return switch (variant) {
                case "sqlite/sync" -> 1;
                case "sqlite/async" -> 100;
                default -> 1000;
            };
        }
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.bench
                .graph()
                .sequence()
                .invoke(ours.n, RunConfig.thread("t"))
                .value();
    }

    @Benchmark
    public void limit(Raw raw) {
        raw.db.insert(raw.units, raw.rowsPerCommit(), new byte[ROW]);
    }
}
