package dev.clew.benchmarks;

import java.util.List;

/**
 * How much is measured.
 *
 * @param forks JVMs one after the other; with 0 the benchmark runs in this one
 * @param sizes the values of {@code n}, or none for those that the benchmark names
 */
record Effort(int forks, int warmUps, int calls, List<String> sizes) {
    static final Effort WHOLE = new Effort(5, 5, 3, List.of());

    Effort {
        sizes = List.copyOf(sizes);
    }

    static Effort quick(Workload workload) {
        return new Effort(1, 3, 5, workload.quickSizes());
    }
}
