package dev.clew.benchmarks;

import java.lang.management.ManagementFactory;

/** What the heap holds once all garbage is gone. */
final class Heap {
    private Heap() {}

    static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
