package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W1: steps in order, in memory. The limit: each number to JSON, into a map, and back. */
public class SequentialSteps {
    /** A thread for each run. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"memory", "none"})
        public String variant;

        @Param({"1000", "10000", "100000"})
        public int n;

        private Bench bench;

        @Setup(Level.Trial)
        public void warm() {
            open();
            for (int i = Warmth.runs(n); i > 0; i--) {
                run();
            }
            bench.close();
        }

        @Setup(Level.Invocation)
        public void open() {
            bench = Bench.open(variant);
        }

        @TearDown(Level.Invocation)
        public void close() {
            bench.close();
        }

        int run() {
            RunConfig config = variant.equals("none") ? RunConfig.none() : RunConfig.thread("t" + System.nanoTime());
            return bench.graph().sequence().invoke(n, config).value();
        }
    }

    /** As many numbers as the middle size has steps. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param("10000")
        public int units;

        final RawJson json = new RawJson();
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.run();
    }

    @Benchmark
    public int limit(Raw raw) {
        int sum = 0;
        for (int i = 0; i < raw.units; i++) {
            raw.json.write(i);
            sum += raw.json.read(i);
        }
        return sum;
    }
}
