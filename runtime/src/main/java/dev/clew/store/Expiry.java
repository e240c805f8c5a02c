package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a document lives.
 *
 * <pre>{@code
 * Expiry.after(Duration.ofDays(30))
 * }</pre>
 *
 * @param standard whether the store's default decides
 * @param timeToLive how long; null for ever
 */
public record Expiry(boolean standard, @Nullable Duration timeToLive) {
    /** As the store's default says. */
    public static final Expiry STANDARD = new Expiry(true, null);

    /** It stays until it is deleted. */
    public static final Expiry NEVER = new Expiry(false, null);

    public Expiry {
        checkTimeToLive(timeToLive);
    }

    /** It lives for this long. */
    public static Expiry after(Duration timeToLive) {
        return new Expiry(false, timeToLive);
    }

    static void checkTimeToLive(@Nullable Duration timeToLive) {
        if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
            throw new IllegalRequestException("a time to live must be positive, not " + timeToLive);
        }
    }

    /** When a document that is put or read now expires; null for never. */
    static @Nullable Instant moment(Instant now, @Nullable Duration timeToLive) {
        return timeToLive == null ? null : Spans.after(now, timeToLive);
    }

    static boolean isOver(@Nullable Instant expiresAt, Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
