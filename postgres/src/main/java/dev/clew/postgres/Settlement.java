package dev.clew.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of a batch whose answer was lost. The old connection's statement may still be under way, so it is not
 * enough to look: a row that the batch had locked is locked first, which waits for the statement's end.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();
    private static final int PAUSE_MILLIS = 200;

    private static final String MARKED = "SELECT batch, held FROM {s}.worker WHERE owner = ? AND writer = ? FOR UPDATE";

    /** From now on the old statement, if it was never begun, finds another number than the one that it follows on. */
    private static final String FENCE = """
            INSERT INTO {s}.worker (owner, writer, batch, held, seen_at) VALUES (?, ?, ?, '{}', {s}.now_ns())
            ON CONFLICT (owner, writer) DO UPDATE SET batch = excluded.batch, held = excluded.held""";

    private static final String LOCK = """
            SELECT 1 FROM (SELECT DISTINCT u.id FROM unnest(?) u(id) ORDER BY u.id) e
            CROSS JOIN LATERAL (SELECT 1 FROM {s}.thread t WHERE t.id = e.id FOR UPDATE) t""";

    /**
     * The bytes count, too: where the claim was lost meanwhile, another owner's entries stand in the same places. All entries of
     * a thread are asked for, because that owner's first one may well be the same.
     */
    private static final String PRESENT = """
            SELECT e.id FROM unnest(?, ?, ?, ?) e(id, run_no, seq, bytes)
            LEFT JOIN LATERAL (
                SELECT 1 AS there FROM {s}.log l
                WHERE l.thread_id = e.id AND l.run_no = e.run_no AND l.seq = e.seq AND l.bytes = e.bytes) l ON true
            GROUP BY e.id HAVING count(*) = count(l.there)""";

    private final Batch batch;
    private final BatchMarker marker;

    Settlement(Batch batch, BatchMarker marker) {
        this.batch = batch;
        this.marker = marker;
    }

    private record Marked(long batch, Set<String> held) {}

    /**
     * A new connection, also of a server that is just starting again. An interrupt does not end the waiting, because the caller would
     * be told that a write failed which may be stored.
     */
    static Session reconnect(Connections connections) throws SQLException {
        long began = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return connections.open();
                } catch (SQLException down) {
                    if (!PostgresFailures.mayComeBack(down) || System.nanoTime() - began > PATIENCE) {
                        throw down;
                    }
                    interrupted |= !pause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits a little; false if the thread was interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException kept) {
            return false;
        }
    }

    /** The threads that were written to, or empty if nothing was stored and nothing will be. */
    Optional<Set<String>> find(Session session) throws SQLException {
        Optional<Set<String>> found = session.transaction(batch.isProvenByLog() ? this::findInLog : this::findMarked);
        LOG.info(
                "the answer to a commit was lost; it was {}",
                found.isPresent() ? "stored" : "not stored, and is sent again");
        return found;
    }

    private Optional<Set<String>> findMarked(Session session) throws SQLException {
        Optional<Marked> row = session.first(
                MARKED,
                found -> {
                    Set<String> held = new HashSet<>();
                    for (Object id : (Object[]) found.getArray("held").getArray()) {
                        held.add(Texts.read((String) id));
                    }
                    return new Marked(found.getLong("batch"), held);
                },
                marker.owner(),
                marker.writer());
        if (row.isPresent() && row.get().batch() == marker.batch()) {
            return Optional.of(row.get().held());
        }
        session.update(FENCE, marker.owner(), marker.writer(), marker.batch());
        return Optional.empty();
    }

    /** If the old statement comes later, it finds its places in the log taken. */
    private Optional<Set<String>> findInLog(Session session) throws SQLException {
        List<String> threads = new ArrayList<>();
        List<Integer> runs = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        for (Unit unit : batch.units()) {
            for (Unit.Entry entry : unit.log) {
                threads.add(unit.threadId());
                runs.add(entry.run());
                places.add(entry.seq());
                bytes.add(entry.bytes());
            }
        }
        session.all(LOCK, row -> true, Column.texts(threads));
        List<String> present = session.all(
                PRESENT,
                row -> Texts.read(row.getString("id")),
                Column.texts(threads),
                Column.ints(runs),
                Column.ints(places),
                Column.bytes(bytes));
        return present.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(present));
    }
}
