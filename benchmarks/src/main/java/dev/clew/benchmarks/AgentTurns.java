package dev.clew.benchmarks;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W12: turns of an agent whose model answers at once, calls one tool, and sees the last 200 messages. The limit: on
 * SQLite the bytes of a turn in one raw commit, because an answer is in the file before its call begins; in memory two numbers to JSON
 * and back.
 */
public class AgentTurns {
    /** A new agent, thread and store for each run. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param("1000")
        public int units;

        private AgentBench bench;

        /** Half a run warms up: a turn is long enough. */
        @Setup(Level.Trial)
        public void warm() {
            if (Warmth.runs(units) > 0) {
                try (AgentBench before = AgentBench.open("memory")) {
                    before.run(units / 2);
                }
            }
        }

        @Setup(Level.Invocation)
        public void open() {
            bench = AgentBench.open(variant);
        }

        @TearDown(Level.Invocation)
        public void close() {
            bench.close();
        }
    }

    /** A new file for each run. */
    @State(Scope.Benchmark)
    public static class Raw {
        /** What a turn takes in the log, in bytes. */
        private static final int TURN = 2_000;

        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param("1000")
        public int units;

        private @Nullable RawSqlite db;
        private RawJson json;

        @Setup(Level.Invocation)
        public void open() {
            db = variant.equals("memory") ? null : RawSqlite.open();
            json = new RawJson();
        }

        @TearDown(Level.Invocation)
        public void close() {
            if (db != null) {
                db.close();
            }
        }

        int run() {
            if (db != null) {
                db.insert(units, 1, new byte[TURN]);
                return units;
            }
            int read = 0;
            for (int i = 0; i < 2 * units; i++) {
                json.write(i);
                read += json.read(i);
            }
            return read;
        }
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.bench.run(ours.units);
    }

    @Benchmark
    public int limit(Raw raw) {
        return raw.run();
    }
}
