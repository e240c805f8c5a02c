package dev.clew.testing;

import java.util.Random;

/** The chance of a test: the same numbers for the same seed, in the order in which they are asked for. */
final class Seeds {
    private final long seed;
    private final Random random;

    Seeds(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    synchronized long fresh() {
        return random.nextLong();
    }

    /** The same for the same run, whatever else was asked for before, such as by a process that crashed. */
    long of(String threadId, String runId) {
        return seed * 31 + (threadId + '\n' + runId).hashCode();
    }

    synchronized double chance() {
        return random.nextDouble();
    }
}
