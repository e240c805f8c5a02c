package dev.clew.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document with what the store knows of it.
 *
 * <pre>{@code
 * store.get(NOTES, "rain", Note.class).map(Item::value)
 * }</pre>
 *
 * @param value the document, a copy of one's own
 * @param createdAt when the key was first put since it was last deleted or expired
 * @param updatedAt when it was last put
 * @param expiresAt when it will be gone if it is not read or put before; null for never
 */
public record Item<T>(
        Namespace namespace,
        String key,
        T value,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt) {

    /** Shows no document: logs are read by people who may not read payloads. */
    @Override
    public String toString() {
        return "Item[" + namespace + ", " + key + "]";
    }
}
