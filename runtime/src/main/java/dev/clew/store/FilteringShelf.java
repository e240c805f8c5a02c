package dev.clew.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * A shelf that looks at filters itself. Unless documents are embedded or encrypted, a store on it keeps no index in memory, and so
 * has no limit of size.
 *
 * <p>The contract, beside that of {@link Shelf}:
 *
 * <ul>
 *   <li><b>Filters.</b> The shelf may show rows for which a condition does not hold, because the store looks again. It must show all
 *       for which all conditions hold, those included that it cannot look into.
 *   <li><b>Order.</b> The row that was updated last comes first; rows of the same moment by namespace, then by key, both by code
 *       points.
 *   <li><b>One state.</b> All rows of a search are of one state of the shelf.
 * </ul>
 *
 * <pre>{@code
 * shelf.search(new ShelfSearch(notes, List.of(), now, 10), row -> found.add(row) && found.size() < 10);
 * }</pre>
 */
public interface FilteringShelf extends Shelf {
    /**
     * Shows rows that have not expired, until there are no more or the reader wants no more.
     *
     * @param reader gets each row; returns false if it wants no more. Called on the calling thread; it must not call the shelf
     */
    void search(ShelfSearch search, Predicate<ShelfRow> reader);

    /**
     * Lists namespaces that hold rows that have not expired, in their order, each once.
     *
     * @param prefix the labels that all of them begin with; may be empty
     * @param reader gets each namespace; returns false if it wants no more. Called on the calling thread
     */
    void namespaces(List<String> prefix, Instant now, Predicate<Namespace> reader);
}
