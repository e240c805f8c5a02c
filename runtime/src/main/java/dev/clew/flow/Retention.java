package dev.clew.flow;

import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long a thread's runs are kept: the newest ones, those that are young enough, or both. Immutable.
 *
 * <p>Whatever it says, a thread keeps its newest run, finished or not, and the run whose result is its value. A run that
 * was removed is forgotten with its log and checkpoints, and so is its run id: an input under that id runs again.
 *
 * <pre>{@code
 * Retention.keepLast(20)                                   // the 20 newest of each thread
 * Retention.keepFor(Duration.ofDays(90))                   // what happened in the last 90 days
 * Retention.keepLast(20).orFor(Duration.ofDays(90))        // a run goes when it is neither
 * }</pre>
 *
 * @param newest how many of the newest runs are kept; empty where their number does not keep them
 * @param age how old a run's newest checkpoint may be; empty where youth does not keep a run
 */
public record Retention(OptionalInt newest, Optional<Duration> age) {
    /**
     * Checks the two.
     *
     * @throws IllegalRequestException if nothing, less than one run, or no time is kept
     */
    public Retention {
        if (newest.isEmpty() && age.isEmpty()) {
            throw new IllegalRequestException("a retention says what is kept: a number of runs, an age, or both");
        }
        if (newest.isPresent() && newest.getAsInt() < 1) {
            throw new IllegalRequestException("a retention keeps at least 1 run, not " + newest.getAsInt());
        }
        if (age.isPresent() && (age.get().isNegative() || age.get().isZero())) {
            throw new IllegalRequestException("a retention keeps runs for a positive time, not " + age.get());
        }
    }

    /** Keeps so many of a thread's newest runs, at least 1. */
    public static Retention keepLast(int runs) {
        return new Retention(OptionalInt.of(runs), Optional.empty());
    }

    /** Keeps runs whose newest checkpoint is not older than this. */
    public static Retention keepFor(Duration age) {
        return new Retention(OptionalInt.empty(), Optional.of(age));
    }

    /** Keeps what this keeps, and also so many of the newest runs. */
    public Retention orLast(int runs) {
        return new Retention(OptionalInt.of(runs), age);
    }

    /** Keeps what this keeps, and also runs whose newest checkpoint is not older than this. */
    public Retention orFor(Duration newAge) {
        return new Retention(newest, Optional.of(newAge));
    }
}
