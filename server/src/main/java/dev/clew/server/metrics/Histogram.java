package dev.clew.server.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often something took how long. Thread-safe. */
final class Histogram {
    private static final double NANOS = 1e9;

    private final List<Double> bounds;
    private final LongAdder[] counts;
    private final LongAdder nanos = new LongAdder();

    /** @param bounds in seconds, rising */
    Histogram(List<Double> bounds) {
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.size() + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void took(long duration) {
        double seconds = duration / NANOS;
        int bucket = 0;
        while (bucket < bounds.size() && seconds > bounds.get(bucket)) {
            bucket++;
        }
        counts[bucket].increment();
        nanos.add(duration);
    }

    void write(Exposition text, String name, Map<String, String> labels) {
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i].sum();
            Map<String, String> bucket = new HashMap<>(labels);
            bucket.put("le", i == bounds.size() ? "+Inf" : String.valueOf(bounds.get(i)));
            text.sample(name + "_bucket", bucket, sum);
        }
        text.sample(name + "_sum", labels, nanos.sum() / NANOS);
        text.sample(name + "_count", labels, sum);
    }
}
