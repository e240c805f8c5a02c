package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.queue.Worker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W11: runs that do nothing are enqueued by eight callers, each on a thread of its own, taken by a worker, and their results are
 * waited for. The limit for each: three rows in memory, or three durable rows through one writer that commits in groups,
 * for what is enqueued, opened and ended.
 */
public class QueuedRuns {
    private static final int CALLERS = 8;

    /** A new store for each run. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param("2000")
        public int n;

        private Bench bench;

        @Setup(Level.Invocation)
        public void open() {
            bench = Bench.open(variant, Worker.of("q").concurrency(64));
        }

        @TearDown(Level.Invocation)
        public void close() {
            bench.close();
        }

        void run() {
            RunHandle<?>[] handles = new RunHandle<?>[n];
            Callers.each(
                    CALLERS,
                    n,
                    i -> handles[i] = bench.graph()
                            .sequence()
                            .enqueue(0, RunConfig.thread("t" + i).queue("q")));
            Callers.each(CALLERS, n, i -> handles[i].result().value());
        }
    }

    /** One writer, or a map. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param("2000")
        public int units;

        private final RawJson json = new RawJson();
        private RawGroupCommit db;

        @Setup(Level.Trial)
        public void open() {
            db = new RawGroupCommit();
        }

        @TearDown(Level.Trial)
        public void close() {
            db.close();
        }

        void three(int i) {
            for (int row = 0; row < 3; row++) {
                if (variant.equals("memory")) {
                    json.write(3 * i + row);
                } else {
                    db.insert(new byte[DurableSteps.ROW]);
                }
            }
        }
    }

    @Benchmark
    public void ours(Ours ours) {
        ours.run();
    }

    @Benchmark
    public void limit(Raw raw) {
        Callers.each(CALLERS, raw.units, raw::three);
    }
}
