package dev.clew.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a shelf.
 *
 * <pre>{@code
 * shelf.write(List.of(new ShelfChange.Drop(namespace, key)), now);
 * }</pre>
 */
public sealed interface ShelfChange {
    /** Which row it is about. */
    Namespace namespace();

    /** Which row it is about. */
    String key();

    /**
     * Puts a row, in place of the one that is there; what was there gives it its moment of creation.
     *
     * <pre>{@code
     * new ShelfChange.Keep(namespace, key, null, null, content, null, null)
     * }</pre>
     *
     * @param timeToLive how far reading puts the expiry off; null for not at all
     * @param expiresAt from when on it is as good as gone; null for never
     * @param content the document, in a form of the store's own
     * @param vectors its vectors, likewise; null if it has none
     * @param plain the document as {@linkplain dev.clew.value.Codec#decodePlain plain data}, for a {@link FilteringShelf} only;
     *     null if the store's codec encrypts
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared and never changed
    record Keep(
            Namespace namespace,
            String key,
            @Nullable Duration timeToLive,
            @Nullable Instant expiresAt,
            byte[] content,
            byte @Nullable [] vectors,
            @Nullable Object plain)
            implements ShelfChange {
        /** Shows no bytes. */
        @Override
        public String toString() {
            return "Keep[" + namespace + ", " + key + "]";
        }
    }

    /**
     * Removes a row, if it is there.
     *
     * <pre>{@code
     * new ShelfChange.Drop(namespace, key)
     * }</pre>
     */
    record Drop(Namespace namespace, String key) implements ShelfChange {}

    /**
     * Moves the expiry of a row, if it still has this revision and has not expired.
     *
     * <pre>{@code
     * new ShelfChange.Prolong(namespace, key, row.revision(), now.plus(row.timeToLive()))
     * }</pre>
     */
    record Prolong(
            Namespace namespace,
            String key,
            long revision,
            @Nullable Instant expiresAt) implements ShelfChange {}
}
