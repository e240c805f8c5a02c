package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W3: steps that are all started, then joined. The limit in memory: futures on a pool of two threads; on a file: a hundred
 * rows to a commit.
 */
public class FanOut {
    /** A new store for each run. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"memory", "sqlite/sync"})
        public String variant;

        @Param({"1000", "10000", "100000"})
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
            bench.close();
        }
    }

    /** A pool, or a new file for each run. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param({"memory", "sqlite/sync"})
        public String variant;

        @Param("10000")
        public int units;

        private ExecutorService pool;
        private RawSqlite db;

        @Setup(Level.Invocation)
        public void open() {
            pool = Executors.newFixedThreadPool(2);
            db = RawSqlite.open();
        }

        @TearDown(Level.Invocation)
        public void close() {
            pool.shutdown();
            db.close();
        }
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.bench.graph().fanOut().invoke(ours.n, RunConfig.thread("t")).value();
    }

    @Benchmark
    public int limit(Raw raw) {
        if (raw.variant.equals("sqlite/sync")) {
            raw.db.insert(raw.units, 100, new byte[DurableSteps.ROW]);
            return raw.units;
        }
        List<CompletableFuture<Integer>> started = new ArrayList<>(raw.units);
        for (int i = 0; i < raw.units; i++) {
            Integer before = i;
            started.add(CompletableFuture.supplyAsync(() -> before + 1, raw.pool));
        }
        CompletableFuture.allOf(started.toArray(CompletableFuture[]::new)).join();
        return started.size();
    }
}
