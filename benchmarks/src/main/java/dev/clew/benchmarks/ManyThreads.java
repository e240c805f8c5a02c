package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W5: threads that do three steps and ask, then are all answered, by so many callers. The limit for each: four rows in
 * memory, or four durable rows through one writer that commits in groups.
 */
public class ManyThreads {
    /** A new store for each run. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param({"1", "8", "64"})
        public int callers;

        @Param("10000")
        public int n;

        private Bench bench;

        @Setup(Level.Invocation)
        public void open() {
            bench = Bench.open(variant);
        }

        @TearDown(Level.Invocation)
        public void close() {
            long bytes = bench.closeAndWeigh();
            if (bytes > 0) {
                Facts.note("W5", variant + "/" + callers, n, "bytes", bytes / (double) n);
            }
        }

        void park() {
            Callers.each(callers, n, i -> bench.graph().pausing().invoke(3, RunConfig.thread("t" + i)));
        }

        void resume() {
            Callers.each(
                    callers,
                    n,
                    i -> bench.graph()
                            .pausing()
                            .invoke(Command.resume(1), RunConfig.thread("t" + i))
                            .value());
        }
    }

    /** Threads that wait for their answers. */
    @State(Scope.Benchmark)
    public static class Parked extends Ours {
        @Setup(Level.Invocation)
        public void parkAll() {
            long before = Heap.used();
            park();
            Facts.note("W5", "heap/" + variant, n, "bytes", (Heap.used() - before) / (double) n);
        }
    }

    /** One writer, or a map. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param({"1", "8", "64"})
        public int callers;

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

        void four(int i) {
            for (int row = 0; row < 4; row++) {
                if (variant.equals("memory")) {
                    json.write(4 * i + row);
                } else {
                    db.insert(new byte[DurableSteps.ROW]);
                }
            }
        }
    }

    @Benchmark
    public void park(Ours ours) {
        ours.park();
    }

    @Benchmark
    public void resume(Parked parked) {
        parked.resume();
    }

    @Benchmark
    public void limit(Raw raw) {
        Callers.each(raw.callers, raw.units, raw::four);
    }
}
