package dev.clew.sqlite;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long something took, many times: percentiles to a sixteenth, in a few kilobytes, from many threads. */
final class Latencies {
    private static final int STEPS = 16;

    private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);
    private final AtomicLong longest = new AtomicLong();

    void add(long nanos) {
        counts.incrementAndGet(bucket(Math.max(nanos, STEPS)));
        longest.accumulateAndGet(nanos, Math::max);
    }

    long count() {
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** As many nanoseconds as this share of all took at most; none: 0. */
    long percentile(double share) {
        long rank = (long) Math.ceil(share * count());
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
            if (sum >= rank && rank > 0) {
                return Math.min(highest(i), longest.get());
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        return power * STEPS + (int) ((nanos >>> (power - 4)) & (STEPS - 1));
    }

    private static long highest(int bucket) {
        int power = bucket / STEPS;
        return ((STEPS + bucket % STEPS + 1L) << (power - 4)) - 1;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50=%.2f ms p95=%.2f ms p99=%.2f ms max=%.1f ms of %d",
                percentile(0.5) / 1e6,
                percentile(0.95) / 1e6,
                percentile(0.99) / 1e6,
                longest.get() / 1e6,
                count());
    }
}
