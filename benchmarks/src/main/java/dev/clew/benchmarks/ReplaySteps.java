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
 * W4: an answer to a run that did its steps and then asked: the whole call, from loading the log to the end. The limit:
 * each number read from JSON, on a file after one range scan.
 */
public class ReplaySteps {
    /** A run that waits for its answer. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param({"1000", "10000", "100000"})
        public int n;

        private Bench bench;

        @Setup(Level.Trial)
        public void warm() {
            for (int i = Warmth.runs(n); i > 0; i--) {
                pause();
                resume();
                bench.close();
            }
        }

        @Setup(Level.Invocation)
        public void pause() {
            bench = Bench.open(variant);
            bench.graph().pausing().invoke(n, RunConfig.thread("t"));
        }

        @TearDown(Level.Invocation)
        public void close() {
            bench.close();
        }

        int resume() {
            return bench.graph()
                    .pausing()
                    .invoke(Command.resume(1), RunConfig.thread("t"))
                    .value();
        }
    }

    /** A recorded number for each unit. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param({"memory", "sqlite/async"})
        public String variant;

        @Param("10000")
        public int units;

        private final RawJson json = new RawJson();
        private RawSqlite db;

        @Setup(Level.Trial)
        public void write() {
            db = RawSqlite.open();
            db.insert(units, units, new byte[DurableSteps.ROW]);
            for (int i = 0; i < units; i++) {
                json.write(i);
            }
        }

        @TearDown(Level.Trial)
        public void close() {
            db.close();
        }
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.resume();
    }

    @Benchmark
    public long limit(Raw raw) {
        long read = raw.variant.startsWith("sqlite") ? raw.db.scan() : 0;
        for (int i = 0; i < raw.units; i++) {
            read += raw.json.read(i);
        }
        return read;
    }
}
