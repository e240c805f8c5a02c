package dev.clew.benchmarks;

import dev.clew.flow.RunConfig;

/** How long a benchmark runs before it counts, so that short calls are compiled as well as long ones. */
final class Warmth {
    /** Set to {@code true} where times do not matter: then nothing runs before it counts. */
    static final String COLD = "clew.benchmarks.cold";

    private static final int STEPS = 200_000;
    private static final int MOST_RUNS = 50;
    private static final int LONG_RUN = 20_000;

    private Warmth() {}

    /** Has the code of a step compiled that all stores share, where runs of the measured kind would take too long. */
    static void inMemory() {
        for (int i = runs(LONG_RUN); i > 0; i--) {
            try (Bench bench = Bench.open("memory")) {
                bench.graph().sequence().invoke(LONG_RUN, RunConfig.thread("order"));
                bench.graph().fanOut().invoke(LONG_RUN, RunConfig.thread("fan"));
            }
        }
    }

    static int runs(int stepsInRun) {
        return Boolean.getBoolean(COLD) ? 0 : Math.min(MOST_RUNS, Math.max(1, STEPS / stepsInRun));
    }
}
