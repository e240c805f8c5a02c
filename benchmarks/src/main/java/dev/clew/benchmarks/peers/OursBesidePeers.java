package dev.clew.benchmarks.peers;

import dev.clew.benchmarks.Bench;
import dev.clew.benchmarks.LangGraph4jLoop;
import dev.clew.benchmarks.LoopBench;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import java.util.ArrayList;
import java.util.List;

/** Measures the workloads that each engine has, in this JVM: in Clew, and in LangGraph4j where it has them. */
final class OursBesidePeers {
    static final String OURS = "Clew";
    private static final String LANGGRAPH4J = "LangGraph4j 1.8.17";
    private static final int LEAST_CALLS = 1;

    private final int steps;
    private final int threads;
    private final int calls;
    private final List<PeerTime> times = new ArrayList<>();
    private int runs;

    OursBesidePeers(int steps, int threads, int calls) {
        this.steps = steps;
        this.threads = threads;
        this.calls = Math.max(LEAST_CALLS, calls);
    }

    /** A piece of work that is timed. */
    @FunctionalInterface
    interface Work {
        void run(String thread) throws Exception;
    }

    List<PeerTime> measure() throws Exception {
        for (String variant : List.of("memory", "sqlite")) {
            ours(variant);
        }
        langGraph4j();
        return times;
    }

    private void ours(String variant) throws Exception {
        String place = variant.equals("sqlite") ? "sqlite/sync" : variant;
        try (Bench bench = Bench.open(place)) {
            repeated(
                    OURS,
                    "tasks in order",
                    variant,
                    id -> bench.graph().sequence().invoke(steps, thread(id)));
            repeated(
                    OURS, "tasks at once", variant, id -> bench.graph().fanOut().invoke(steps, thread(id)));
            pauses(
                    OURS,
                    variant,
                    id -> bench.graph().pausing().invoke(3, thread(id)),
                    id -> bench.graph().pausing().invoke(Command.resume(1), thread(id)));
        }
        String loop = variant.equals("sqlite") ? "run/sqlite/leaf/sync" : "run/memory/leaf";
        repeated(OURS, "supersteps of a graph", variant, id -> {
            try (LoopBench graph = LoopBench.open(loop, steps)) {
                graph.run();
            }
        });
    }

    private void langGraph4j() throws Exception {
        LangGraph4jLoop loop = new LangGraph4jLoop(steps, "n".repeat(100));
        repeated(LANGGRAPH4J, "supersteps of a graph", "memory", id -> loop.run());
        LangGraph4jPause pause = new LangGraph4jPause();
        pauses(LANGGRAPH4J, "memory", pause::ask, pause::answer);
    }

    private static RunConfig thread(String id) {
        return RunConfig.thread(id);
    }

    private void repeated(String engine, String workload, String variant, Work work) throws Exception {
        for (int i = 0; i < calls; i++) {
            timed(work, "warm" + ++runs);
        }
        List<Double> each = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            each.add(timed(work, "t" + ++runs) / steps);
        }
        add(engine, workload, variant, each);
    }

    private void pauses(String engine, String variant, Work ask, Work answer) throws Exception {
        List<Double> asked = List.of();
        List<Double> answered = List.of();
        for (String round : List.of("warms", "counts")) {
            asked = new ArrayList<>();
            answered = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                asked.add(timed(ask, round + i));
            }
            for (int i = 0; i < threads; i++) {
                answered.add(timed(answer, round + i));
            }
        }
        add(engine, "a thread that asks", variant, asked);
        add(engine, "a thread that is answered", variant, answered);
    }

    /** In microseconds. */
    private static double timed(Work work, String thread) throws Exception {
        long began = System.nanoTime();
        work.run(thread);
        return (System.nanoTime() - began) / 1e3;
    }

    private void add(String engine, String workload, String variant, List<Double> each) {
        double median = each.stream().sorted().toList().get(each.size() / 2);
        times.add(new PeerTime(engine, workload, variant, median));
    }
}
