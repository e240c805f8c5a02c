package dev.clew.postgres;

import dev.clew.queue.RunQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a writer knows of its row in {@code worker}, which says up to which batch its writes are stored. The row is there before the
 * first batch, since a settlement locks it to wait for a batch that may still be stored. Rows of processes that are gone are
 * removed; so a writer that was idle shows that it is there before it writes. Confined to the writer's thread.
 */
final class WriterRow {
    /** How long a row is kept that nobody sees. */
    private static final Duration KEPT = RunQueue.WORKER_KEPT;

    private static final String READ = "SELECT batch FROM {s}.worker WHERE owner = ? AND writer = ?";

    private static final String LOCK = READ + " FOR UPDATE";

    private static final String MAKE = "WITH " + StoreTime.NOW + """
             INSERT INTO {s}.worker (owner, writer, batch, held, seen_at) SELECT ?, ?, 0, '{}', n.now FROM n
            ON CONFLICT (owner, writer) DO NOTHING""";

    private static final String DELETE = "DELETE FROM {s}.worker WHERE owner = ? AND writer = ?";

    private static final String SHOW = "WITH " + StoreTime.NOW + """
             UPDATE {s}.worker w SET seen_at = n.now FROM n WHERE w.owner = ? AND w.writer = ? RETURNING w.batch""";

    private static final String DELETE_OLD = "WITH " + StoreTime.NOW + """
            , old AS MATERIALIZED (
                SELECT w.owner, w.writer FROM {s}.worker w CROSS JOIN n WHERE w.seen_at < n.now - ?
                FOR UPDATE OF w SKIP LOCKED)
            DELETE FROM {s}.worker w USING old WHERE w.owner = old.owner AND w.writer = old.writer""";

    private final String owner;
    private final int writer;
    private final StoreTime time;

    /** The number of the newest batch that is marked; 0 before the first one. */
    private long batch;

    /** How many numbers after it are left out, since nobody knows what became of their batches. */
    private int unsettled;

    private boolean isThere;

    /** When it was marked, or the row was seen since. */
    private long seenAt;

    WriterRow(String owner, int writer, StoreTime time) {
        this.owner = owner;
        this.writer = writer;
        this.time = time;
    }

    /**
     * What is known of the row is not true any more, so nothing was stored. Either it was removed, because the machine was suspended
     * for longer than it is kept; or an old connection stored a batch late, after its settlement had failed.
     */
    static final class StaleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleException() {
            super(null, null, false, false);
        }
    }

    /** Removes the rows of processes that are gone. */
    static void deleteOld(Session session, StoreTime time) throws SQLException {
        session.update(DELETE_OLD, time.argument(), KEPT.toNanos());
    }

    BatchMarker next() {
        return new BatchMarker(owner, writer, batch, batch + 1 + unsettled);
    }

    /** The next batch is marked. */
    void advance() {
        batch = next().batch();
        seenAt = time.elapsed();
    }

    /** Nobody knows what became of the next batch, so no other one gets its number: a settlement might take it for the other. */
    void skip() {
        unsettled++;
    }

    /** On a new connection. */
    void read(Session session) throws SQLException {
        deleteOld(session, time);
        find(session, READ, owner, writer);
    }

    /** Before a batch. */
    void show(Session session) throws SQLException {
        if (!isThere) {
            find(session, READ, owner, writer);
        } else if (time.elapsed() - seenAt > KEPT.toNanos() / 2) {
            find(session, SHOW, time.argument(), owner, writer);
        }
    }

    /** Makes the row if the statement does not find it. */
    private void find(Session session, String statement, @Nullable Object... arguments) throws SQLException {
        Optional<Long> found = session.first(statement, row -> row.getLong(1), arguments);
        if (found.isEmpty()) {
            session.update(MAKE, time.argument(), owner, writer);
        }
        batch = found.orElse(0L);
        isThere = true;
        seenAt = time.elapsed();
    }

    /** Locks the row, so that it is not removed before the transaction marks it. */
    List<Long> lock(Message message) {
        return message.read(row -> row.getLong(1), LOCK, owner, writer);
    }

    /**
     * What {@link #lock} has found.
     *
     * @throws StaleException if it is not what is known
     */
    void requireKnown(List<Long> batches) {
        if (!batches.equals(List.of(batch))) {
            throw new StaleException();
        }
    }

    /**
     * After a batch that stored nothing, though it should have marked itself.
     *
     * @throws StaleException if it did not
     */
    void requireMarked(Session session) throws SQLException {
        if (!session.all(READ, row -> row.getLong(1), owner, writer).equals(List.of(next().batch()))) {
            throw new StaleException();
        }
    }

    /** Before the next batch it is read again, or made anew. */
    void forget() {
        isThere = false;
    }

    /** The last batch is settled, so its mark is of no use any more. */
    void delete(Session session) throws SQLException {
        if (isThere) {
            session.update(DELETE, owner, writer);
        }
    }
}
