package dev.clew.task;

import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a task's successes are kept across runs, for how long, and under which version of its code.
 *
 * <pre>{@code
 * CachePolicy policy = CachePolicy.of("2").ttl(Duration.ofHours(1));
 * }</pre>
 *
 * @param version part of the key; raise it when the same arguments should give a new result
 * @param timeToLive how long from the write an entry is a hit; null is for ever
 */
public record CachePolicy(String version, @Nullable Duration timeToLive) {
    public CachePolicy {
        if (version.isBlank()) {
            throw new IllegalRequestException("cache policy: the version must not be blank");
        }
        if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
            throw new IllegalRequestException("cache policy: the time to live must be positive, not " + timeToLive);
        }
    }

    public static CachePolicy of(String version) {
        return new CachePolicy(version, null);
    }

    public CachePolicy ttl(Duration timeToLive) {
        return new CachePolicy(version, timeToLive);
    }

    /** How long an entry is a hit; empty is for ever. */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(timeToLive);
    }
}
