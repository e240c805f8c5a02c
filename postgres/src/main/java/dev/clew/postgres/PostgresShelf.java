package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.store.FilteringShelf;
import dev.clew.store.Namespace;
import dev.clew.store.ShelfChange;
import dev.clew.store.ShelfRow;
import dev.clew.store.ShelfSearch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents of a schema. A listener or a reader sees rows while they are read, so that they are never all in memory at once.
 * All changes lock one row, so that they are numbered in the order in which they become visible.
 */
final class PostgresShelf implements FilteringShelf {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final Pool pool;
    private final Connections connections;

    PostgresShelf(Pool pool, Connections connections) {
        this.pool = pool;
        this.connections = connections;
    }

    /** Says how many documents a store will compare in memory. */
    void reportSize() {
        long found = pool.call("counting documents", DocumentRows::countUpToMost);
        if (found > DocumentRows.MOST_IN_MEMORY) {
            LOG.warn(
                    "schema '{}' has more than {} documents; a store with an embedder reads all of them into memory, and"
                            + " compares a query with each",
                    connections.schema(),
                    DocumentRows.MOST_IN_MEMORY);
        } else {
            LOG.info(
                    "vectors are compared in memory, for up to {} documents; schema '{}' has {}",
                    DocumentRows.MOST_IN_MEMORY,
                    connections.schema(),
                    found);
        }
    }

    @Override
    public Optional<ShelfRow> find(Namespace namespace, String key) {
        return pool.call("reading a document", session -> DocumentRows.find(session, namespace, key));
    }

    @Override
    public long revision() {
        return pool.call(
                "reading the store's revision",
                session -> DocumentRows.revision(session).latest());
    }

    @Override
    public long tell(long after, Listener listener) {
        return pool.call(
                "reading documents",
                session -> session.snapshot(snapshot -> DocumentRows.tell(snapshot, after, listener)));
    }

    @Override
    public void search(ShelfSearch search, Predicate<ShelfRow> reader) {
        once(reader, shown -> session -> DocumentSearch.search(session, search, shown));
    }

    @Override
    public void namespaces(List<String> prefix, Instant now, Predicate<Namespace> reader) {
        once(reader, shown -> session -> DocumentSearch.namespaces(session, prefix, now, shown));
    }

    /** A longer life that is lost with the server is no loss. */
    @Override
    public void write(List<ShelfChange> changes, Instant now) {
        changes.forEach(DocumentChanges::requireFits);
        boolean lasting = changes.stream().anyMatch(change -> !(change instanceof ShelfChange.Prolong));
        String commit = lasting ? connections.durableCommit() : "off";
        boolean unused = pool.call(
                "writing documents",
                session -> session.transaction(on -> {
                    DocumentChanges.apply(on, changes, commit, now);
                    return true;
                }));
    }

    @Override
    public int sweep(Instant now) {
        int all = 0;
        int swept;
        do {
            swept = pool.call(
                    "sweeping documents", session -> session.transaction(on -> DocumentChanges.sweep(on, now)));
            all += swept;
        } while (swept > 0);
        return all;
    }

    /** Reads something on one connection. */
    @FunctionalInterface
    private interface Read {
        void on(Session session) throws SQLException;
    }

    /** If it is cut off, the read is done again, unless the reader has seen a part of it. */
    private <T> void once(Predicate<T> reader, Function<Predicate<T>, Read> reading) {
        AtomicBoolean seen = new AtomicBoolean();
        Read read = reading.apply(row -> {
            seen.set(true);
            return reader.test(row);
        });
        boolean unused = pool.call(
                "searching documents",
                session -> session.transaction(on -> {
                    if (seen.get()) {
                        throw new CheckpointException("PostgreSQL cut the reading of documents off; search again");
                    }
                    on.mayBeSlow();
                    read.on(on);
                    return true;
                }));
    }
}
