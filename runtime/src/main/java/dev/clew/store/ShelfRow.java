package dev.clew.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document as a shelf keeps it.
 *
 * <pre>{@code
 * shelf.find(namespace, key).map(ShelfRow::revision)
 * }</pre>
 *
 * @param revision of its latest change
 * @param createdAt kept when the row is put again
 * @param timeToLive how far reading puts the expiry off; null for not at all
 * @param expiresAt from when on it is as good as gone; null for never
 * @param content the document, as opaque bytes
 * @param vectors its vectors, as opaque bytes; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never changed
public record ShelfRow(
        Namespace namespace,
        String key,
        long revision,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Duration timeToLive,
        @Nullable Instant expiresAt,
        byte[] content,
        byte @Nullable [] vectors) {

    /** Shows no bytes: logs are read by people who may not read payloads. */
    @Override
    public String toString() {
        return "ShelfRow[" + namespace + ", " + key + ", revision " + revision + "]";
    }
}
