package dev.clew.benchmarks;

/** How long a benchmark runs before it counts, so that short calls are compiled as well as long ones. */
final class Warmth {
    private static final int STEPS = 200_000;
    private static final int MOST_RUNS = 50;

    private Warmth() {}

    static int runs(int stepsInRun) {
        return Math.min(MOST_RUNS, Math.max(1, STEPS / stepsInRun));
    }
}
