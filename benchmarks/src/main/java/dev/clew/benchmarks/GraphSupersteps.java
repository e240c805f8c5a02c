package dev.clew.benchmarks;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import java.util.Map;
import org.bsc.langgraph4j.GraphStateException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W10: supersteps of one node that appends 100 characters to a list of the state. {@code run} executes them; {@code resume}
 * proceeds from a fork before the last one, so all others are replayed. Of {@code list} rows the node takes a list that has
 * so many elements before the first superstep. Instead of a limit a peer is measured: the same graph in LangGraph4j, with its
 * memory saver. The limit of {@code sync} rows: the same bytes in one raw commit for each superstep.
 */
public class GraphSupersteps {
    /** Our graph. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"run/memory/leaf", "run/memory/scope", "resume/memory", "resume/sqlite/async"})
        public String variant;

        @Param({"100", "1000", "10000"})
        public int n;

        private LoopBench bench;

        @Setup(Level.Trial)
        public void warm() {
            for (int i = Warmth.runs(n); i > 0; i--) {
                open();
                measured();
                close();
            }
        }

        @Setup(Level.Invocation)
        public void open() {
            bench = LoopBench.open(variant, n);
            if (variant.startsWith("resume")) {
                bench.run();
                bench.pauseBeforeTheLast();
            }
        }

        int measured() {
            return variant.startsWith("resume") ? bench.proceed() : bench.run();
        }

        @TearDown(Level.Invocation)
        public void close() {
            bench.close();
        }
    }

    /** Our graph, each superstep of which is in a file before the next one begins. */
    @State(Scope.Benchmark)
    public static class Synced {
        @Param({"run/sqlite/leaf", "run/sqlite/scope"})
        public String variant;

        @Param("1000")
        public int units;

        private LoopBench bench;

        @Setup(Level.Trial)
        public void warm() {
            Ours memory = new Ours();
            memory.variant = variant.replace("sqlite", "memory");
            memory.n = units;
            memory.warm();
        }

        @Setup(Level.Invocation)
        public void open() {
            bench = LoopBench.open(variant + "/sync", units);
        }

        @TearDown(Level.Invocation)
        public void close() {
            bench.close();
        }
    }

    /** Our graph with a list that is as long as this before it begins. */
    @State(Scope.Benchmark)
    public static class Listed {
        @Param({"run/memory/list of 10", "run/memory/list of 100000"})
        public String variant;

        @Param("10000")
        public int units;

        private GrowingGraph graph;
        private int elements;

        @Setup(Level.Trial)
        public void warm() {
            elements = Integer.parseInt(variant.substring(variant.lastIndexOf(' ') + 1));
            for (int i = Warmth.runs(units); i > 0; i--) {
                open();
                measured();
                close();
            }
        }

        /** The list is the state of a run before: what is measured begins with it. */
        @Setup(Level.Invocation)
        public void open() {
            graph = GrowingGraph.builder(new Growing())
                    .checkpointer(Checkpointer.inMemory())
                    .build();
            grow(elements - 1, elements);
        }

        private int grow(int atOnce, int wanted) {
            return graph.workflow()
                    .invoke(
                            new Growing.More(atOnce, wanted),
                            RunConfig.thread("t").maxSupersteps(units + 1))
                    .value();
        }

        int measured() {
            return grow(0, elements + units);
        }

        @TearDown(Level.Invocation)
        public void close() {
            graph.close();
        }
    }

    /** The peer's graph. */
    @State(Scope.Benchmark)
    public static class Peer {
        @Param("1000")
        public int units;

        private LangGraph4jLoop loop;

        @Setup(Level.Trial)
        public void compile() throws GraphStateException {
            loop = new LangGraph4jLoop(units, Loop.NOTE);
        }
    }

    /** A new file for each run. */
    @State(Scope.Benchmark)
    public static class Raw {
        /** What the entries of a superstep take: its plan, what its node gave, and where a scope began; in bytes. */
        private static final Map<String, Integer> ROW = Map.of("run/sqlite/leaf", 265, "run/sqlite/scope", 308);

        @Param({"run/sqlite/leaf", "run/sqlite/scope"})
        public String variant;

        @Param("1000")
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
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.measured();
    }

    @Benchmark
    public int sync(Synced synced) {
        return synced.bench.run();
    }

    @Benchmark
    public int list(Listed listed) {
        return listed.measured();
    }

    @Benchmark
    public int limit(Peer peer) {
        return peer.loop.run();
    }

    @Benchmark
    public void limitOfSync(Raw raw) {
        raw.db.insert(raw.units, 1, new byte[Raw.ROW.getOrDefault(raw.variant, 0)]);
    }
}
