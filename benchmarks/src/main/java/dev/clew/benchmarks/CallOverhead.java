package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W7: generated calls without a checkpointer. The limit: the same method, submitted to a pool of two threads and awaited. */
public class CallOverhead {
    /** One graph for all runs. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param("none")
        public String variant;

        @Param("10000")
        public int n;

        private Bench bench;

        @Setup(Level.Trial)
        public void open() {
            bench = Bench.open(variant);
        }

        @TearDown(Level.Trial)
        public void close() {
            bench.close();
        }
    }

    /** One pool for all runs. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param("10000")
        public int units;

        private final Steps steps = new Steps();
        private ExecutorService pool;

        @Setup(Level.Trial)
        public void open() {
            pool = Executors.newFixedThreadPool(2);
        }

        @TearDown(Level.Trial)
        public void close() {
            pool.shutdown();
        }
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.bench.graph().sequence().invoke(ours.n, RunConfig.none()).value();
    }

    @Benchmark
    public int limit(Raw raw) throws ExecutionException, InterruptedException {
        Integer reached = 0;
        for (int i = 0; i < raw.units; i++) {
            Integer before = reached;
            reached = raw.pool.submit(() -> raw.steps.step(before)).get();
        }
        return reached;
    }
}
