package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W6: steps that each return 100,000 characters, under SYNC. The limit: as many bytes in each row, each committed alone. */
public class Blobs {
    /** A new file for each run. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param("sqlite/sync")
        public String variant;

        @Param("100")
        public int n;

        private Bench bench;

        @Setup(Level.Trial)
        public void warm() {
            Warmth.inMemory();
        }

        @Setup(Level.Invocation)
        public void open() {
            bench = Bench.open(variant);
        }

        @TearDown(Level.Invocation)
        public void close() {
            Facts.note("W6", variant, n, "bytes", bench.closeAndWeigh() / (double) n);
        }
    }

    /** The rows, made the same way, in a new file for each run. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param("sqlite/sync")
        public String variant;

        @Param("100")
        public int units;

        private final Steps steps = new Steps();
        private RawSqlite db;

        @Setup(Level.Invocation)
        public void open() {
            db = RawSqlite.open();
        }

        @TearDown(Level.Invocation)
        public void close() {
            db.close();
        }
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.bench.graph().blobs().invoke(ours.n, RunConfig.thread("t")).value();
    }

    @Benchmark
    public void limit(Raw raw) {
        for (int i = 0; i < raw.units; i++) {
            raw.db.insert(raw.steps.blob(i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            raw.db.commit();
        }
    }
}
