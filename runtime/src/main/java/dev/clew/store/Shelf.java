package dev.clew.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a store keeps its rows: what a database has to do for {@link Store#on} to do the rest. Rows are bytes to it.
 *
 * <p>The contract:
 *
 * <ul>
 *   <li><b>Rows</b> are found by namespace and key, compared exactly.
 *   <li><b>Revisions.</b> Every change gives its row a greater revision than any change before, of all who write; what is
 *       visible of a revision is visible with all before it.
 *   <li><b>Writes</b> are applied as a whole or not at all, one after the other, and are seen by all reads that begin
 *       later, in all processes. All but a mere {@link ShelfChange.Prolong} survive power loss where the shelf is
 *       durable.
 *   <li><b>Expiry.</b> A row that has expired counts as absent for a write. Otherwise only {@link #sweep} and writes
 *       remove it; readers of the shelf look at the moment themselves.
 *   <li><b>Threads.</b> All methods may be called from any thread at any time. A broken shelf throws {@link
 *       dev.clew.value.ClewException}.
 * </ul>
 *
 * <pre>{@code
 * Store store = Store.on(new JdbcShelf(source), StoreOptions.defaults(), Clock.systemUTC());
 * }</pre>
 */
public interface Shelf {
    /** The row of a key, expired or not. */
    Optional<ShelfRow> find(Namespace namespace, String key);

    /** The revision of the latest change; 0 before the first. Must be cheap. */
    long revision();

    /**
     * Tells what changed after a revision: the rows that are there now, and what is gone. Where the shelf no longer knows
     * what is gone since then, it first says that everything is, and tells all rows.
     *
     * @param after a revision that was returned here before, or 0
     * @return the revision up to which changes were told; some after it may have been told, too
     */
    long tell(long after, Listener listener);

    /**
     * Applies changes.
     *
     * @param now when; a row that expired before is as good as gone
     */
    void write(List<ShelfChange> changes, Instant now);

    /** Removes all rows that have expired, and says how many. */
    int sweep(Instant now);

    /**
     * Hears what changed. Called on the thread that asked, and must not call the shelf.
     *
     * <pre>{@code
     * shelf.tell(0, listener)
     * }</pre>
     */
    interface Listener {
        /** All rows that were told before are to be forgotten. */
        void forgetAll();

        /** A row is as follows. */
        void changed(ShelfRow row);

        /** A row is gone, unless it was told with a greater revision. */
        void gone(Namespace namespace, String key, long revision);
    }
}
