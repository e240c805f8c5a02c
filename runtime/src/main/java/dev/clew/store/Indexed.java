package dev.clew.store;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A document as the index knows it. What is sealed is opened when it is first needed. Content is opened by whoever needs it: opening it
 * twice gives the same. Vectors are guarded by the lock of the {@link Index}.
 */
final class Indexed {
    static final Comparator<Indexed> NEWEST_FIRST = Comparator.comparing(
                    Indexed::updatedAt, Comparator.<Instant>reverseOrder())
            .thenComparing(Indexed::namespace)
            .thenComparing(Indexed::key, CodePoints.ORDER);

    static final int[] NO_SLOTS = {};

    private static final byte[] NOTHING = {};

    /** Without content and vectors, which may be much. */
    private final ShelfRow row;

    private final byte @Nullable [] content;
    private volatile @Nullable Object plain;

    /** Until they are opened. */
    private byte @Nullable [] sealedVectors;

    /** Where the open ones are; those of the document that this replaces until its own are open. */
    private int[] slots = NO_SLOTS;

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

    void forgetSealed() {
        sealedVectors = null;
    }

    /** Where its vectors are in the block of its namespace. */
    int[] slots() {
        return slots;
    }

    void slots(int[] now) {
        slots = now;
    }
}
