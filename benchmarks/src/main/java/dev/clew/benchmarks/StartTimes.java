package dev.clew.benchmarks;

import java.util.concurrent.ConcurrentLinkedQueue;

/** How long runs waited until they started. */
final class StartTimes {
    private static final ConcurrentLinkedQueue<Long> WAITED = new ConcurrentLinkedQueue<>();

    private StartTimes() {}

    static void note(long enqueuedAt) {
        WAITED.add(System.nanoTime() - enqueuedAt);
    }

    static void forget() {
        WAITED.clear();
    }

    /** In nanoseconds, the shortest first. */
    static long[] sorted() {
        return WAITED.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
