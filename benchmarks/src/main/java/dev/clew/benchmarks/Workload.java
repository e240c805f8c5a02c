package dev.clew.benchmarks;

import java.util.List;

/**
 * What is measured. Each has benchmark methods of its own and one named {@code limit}, or {@code limitOf…} for some variants.
 * Parameter {@code n} or {@code units} says what a time is divided by.
 */
enum Workload {
    W1("sequential steps in memory", "us/step", SequentialSteps.class),
    W2("sequential steps on SQLite", "us/step", DurableSteps.class),
    W3("fan-out", "us/step", FanOut.class),
    W4("replay", "us/step", ReplaySteps.class),
    W5("many threads", "us/thread", ManyThreads.class),
    W6("100 KB steps", "us/step", Blobs.class),
    W7("generated call, no checkpointer", "us/call", CallOverhead.class),
    W8("start-up over n threads", "us", StartUp.class),
    W9("search of n documents by meaning", "us", SearchStore.class),
    W10("supersteps of a graph, beside LangGraph4j", "us/superstep", GraphSupersteps.class),
    W11("queued runs that do nothing", "us/run", QueuedRuns.class),
    W12("turns of an agent beside its model", "us/turn", AgentTurns.class);

    private final String title;
    private final String unit;
    private final Class<?> benchmark;

    Workload(String title, String unit, Class<?> benchmark) {
        this.title = title;
        this.unit = unit;
        this.benchmark = benchmark;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    Class<?> benchmark() {
        return benchmark;
    }

    /** The sizes of a quick run, where they are not those of a whole one, which would take minutes. */
    List<String> quickSizes() {
        return switch (this) {
            case W2, W3, W4, W10 -> List.of("1000", "10000");
            case W5 -> List.of("2000");
            case W9 -> List.of("10000");
            default -> List.of();
        };
    }

    /** Whether n is how much a measured call does, rather than what it is surrounded by. */
    boolean perUnit() {
        return this != W8 && this != W9;
    }
}
