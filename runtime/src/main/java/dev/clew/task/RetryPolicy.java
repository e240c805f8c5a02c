package dev.clew.task;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When a failed attempt is tried again, and after how long.
 *
 * <p>The delay before retry k is {@code min(maxInterval, initialInterval * backoff^(k-1))}, plus a uniform 0..1 s with
 * jitter. Delays are capped at {@code maxInterval} before jitter. Of several policies the first that matches decides;
 * attempts are counted once across all of them. Immutable and thread-safe.
 *
 * <p>Without {@code retryOn} and {@code retryIf}, {@link RetryDefaults} decides.
 *
 * <pre>{@code
 * RetryPolicy policy = RetryPolicy.builder().maxAttempts(5).retryOn(IOException.class).build();
 * }</pre>
 */
public final class RetryPolicy {
    private final int maxAttempts;
    private static final double JITTER_NANOS = 1e9;

    private final Duration initialInterval;
    private final double backoff;
    private final Duration maxInterval;
    private final boolean jitter;
    private final List<Class<? extends Throwable>> retryOn;
    private final @Nullable Predicate<Throwable> retryIf;

    private RetryPolicy(Builder builder) {
        this.maxAttempts = builder.maxAttempts;
        this.initialInterval = builder.initialInterval;
        this.backoff = builder.backoff;
        this.maxInterval = builder.maxInterval;
        this.jitter = builder.jitter;
        this.retryOn = List.copyOf(builder.retryOn);
        this.retryIf = builder.retryIf;
    }

    /** A policy with LangGraph's defaults: 3 attempts, 0.5 s, factor 2, at most 128 s, with jitter. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many attempts there are, the first included. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** Whether this policy is about such a failure at all, however many attempts there were. */
    public boolean matches(Throwable failed) {
        Throwable thrown = MaskedFailureException.unmasked(failed);
        if (retryIf != null) {
            return retryIf.test(thrown);
        }
        if (retryOn.isEmpty()) {
            return RetryDefaults.retried(thrown);
        }
        return retryOn.stream().anyMatch(type -> isA(thrown, type));
    }

    /** A failed inner step is judged by what was recorded of it, so a retry decides alike live and on replay. */
    private static boolean isA(Throwable thrown, Class<? extends Throwable> type) {
        return type.isInstance(thrown)
                || (thrown instanceof TaskFailedException failed
                        && failed.failure().is(type));
    }

    /**
     * The delay before the next attempt: never longer than the longest interval, jitter included.
     *
     * @param failedAttempts how many attempts have failed, at least 1
     * @param random a uniform number in [0, 1), for jitter
     */
    public Duration delay(int failedAttempts, double random) {
        double nanos =
                initialInterval.isZero() ? 0 : Spans.nanos(initialInterval) * Math.pow(backoff, failedAttempts - 1.0);
        double spread = jitter ? random * JITTER_NANOS : 0;
        boolean longest = !(nanos + spread < Spans.nanos(maxInterval));
        return longest ? maxInterval : Duration.ofNanos((long) (nanos + spread));
    }

    /** Collects a policy's options; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private int maxAttempts = 3;
        private Duration initialInterval = Duration.ofMillis(500);
        private double backoff = 2.0;
        private Duration maxInterval = Duration.ofSeconds(128);
        private boolean jitter = true;
        private final List<Class<? extends Throwable>> retryOn = new ArrayList<>();
        private @Nullable Predicate<Throwable> retryIf;

        private Builder() {}

        public Builder maxAttempts(int maxAttempts) {
            this.maxAttempts = maxAttempts;
            return this;
        }

        public Builder initialInterval(Duration initialInterval) {
            this.initialInterval = initialInterval;
            return this;
        }

        public Builder backoff(double backoff) {
            this.backoff = backoff;
            return this;
        }

        public Builder maxInterval(Duration maxInterval) {
            this.maxInterval = maxInterval;
            return this;
        }

        public Builder jitter(boolean jitter) {
            this.jitter = jitter;
            return this;
        }

        /** Retries failures of this class and its subclasses; may be called several times. */
        public Builder retryOn(Class<? extends Throwable> type) {
            this.retryOn.add(type);
            return this;
        }

        /** Retries what the predicate accepts; takes the place of {@link #retryOn}. */
        public Builder retryIf(Predicate<Throwable> retryIf) {
            this.retryIf = retryIf;
            return this;
        }

        public RetryPolicy build() {
            check(maxAttempts >= 1, "maxAttempts must be at least 1, not " + maxAttempts);
            check(!initialInterval.isNegative(), "initialInterval must not be negative, not " + initialInterval);
            check(backoff >= 1.0, "backoff must be at least 1, not " + backoff);
            check(!maxInterval.isNegative(), "maxInterval must not be negative, not " + maxInterval);
            check(retryIf == null || retryOn.isEmpty(), "retryOn and retryIf exclude each other");
            return new RetryPolicy(this);
        }

        private static void check(boolean holds, String message) {
            if (!holds) {
                throw new IllegalRequestException("retry policy: " + message);
            }
        }
    }
}
