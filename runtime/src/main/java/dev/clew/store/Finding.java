package dev.clew.store;

import java.time.Instant;
import java.util.List;

/** How a store finds documents: in an index of its own, or by a shelf that looks at filters. */
sealed interface Finding permits Finder, ShelfFinder {
    /** The documents of a search, the best first. */
    List<Found> find(Search<?> search, Instant now);

    List<Namespace> namespaces(NamespaceQuery query, Instant now);

    /**
     * A found document, and its content.
     *
     * @param score {@link Ranking#UNSCORED} for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(ShelfRow row, float score, byte[] content) {}
}
