package dev.clew.contracts;

import java.nio.file.Path;
import java.time.Clock;

/**
 * Says what a suite runs over. An adapter has one interface that extends this one, and its list of suites names it.
 *
 * <pre>{@code
 * interface OnSqlite extends OnStores {
 *   default Stores openStores(Path folder, Clock clock) {
 *     return new SqliteStores(Sqlite.open(folder.resolve("stores.db"), clock));
 *   }
 * }
 * }</pre>
 */
public interface OnStores {
    /**
     * Opens the place that a test uses. A new folder is an empty place; the same folder is the same place again, if the
     * adapter keeps files. Leases and expiry are judged by the clock.
     */
    Stores openStores(Path folder, Clock clock) throws Exception;
}
