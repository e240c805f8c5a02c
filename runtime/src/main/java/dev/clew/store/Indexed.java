package dev.clew.store;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A document as the index knows it. What is sealed is opened when it is first needed, by whoever needs it: opening it
 * twice gives the same.
 */
final class Indexed {
    static final Comparator<Indexed> NEWEST_FIRST = Comparator.comparing(
                    Indexed::updatedAt, Comparator.<Instant>reverseOrder())
            .thenComparing(Indexed::namespace)
            .thenComparing(Indexed::key, CodePoints.ORDER);

    private static final byte[] NOTHING = {};

    /** Without content and vectors, which may be much. */
    private final ShelfRow row;

    private final byte @Nullable [] content;
    private volatile @Nullable Object plain;

    /** Either these are sealed or those are open, or there are none. */
    private volatile byte @Nullable [] sealedVectors;

    private volatile float @Nullable [][] vectors;

    Indexed(ShelfRow row, boolean keepsContent, boolean keepsVectors) {
        this.row = new ShelfRow(
                row.namespace(),
                row.key(),
                row.revision(),
                row.createdAt(),
                row.updatedAt(),
                row.timeToLive(),
                row.expiresAt(),
                NOTHING,
                null);
        this.content = keepsContent ? row.content() : null;
        this.sealedVectors = keepsVectors ? row.vectors() : null;
    }

    ShelfRow row() {
        return row;
    }

    Namespace namespace() {
        return row.namespace();
    }

    String key() {
        return row.key();
    }

    private Instant updatedAt() {
        return row.updatedAt();
    }

    boolean isOver(Instant now) {
        return Expiry.isOver(row.expiresAt(), now);
    }

    /** The sealed document; null where there was no room for it. */
    byte @Nullable [] content() {
        return content;
    }

    @Nullable
    Object plain() {
        return plain;
    }

    void opened(Object plainDocument) {
        plain = plainDocument;
    }

    byte @Nullable [] sealedVectors() {
        return sealedVectors;
    }

    float @Nullable [][] vectors() {
        return vectors;
    }

    /** @param opened null where there are none that can be compared */
    void opened(float @Nullable [][] opened) {
        vectors = opened;
        sealedVectors = null;
    }
}
