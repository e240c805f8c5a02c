package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Applies writes. Whether the claim holds is asked inside the transaction that changes something, every time. */
final class Writes {
    /** The thread, if the claim holds; with the key of a run, and the place of its last entry. */
    private static final String FENCE = """
            SELECT t.key, t.run_id, r.key, (
                SELECT l.place FROM log l
                WHERE l.place BETWEEN r.key * 4294967296 AND r.key * 4294967296 + 4294967295
                ORDER BY l.place DESC LIMIT 1)
            FROM thread t LEFT JOIN run r ON r.thread = t.key AND r.id = ?4
            WHERE t.id = ?1 AND t.epoch = ?2 AND t.owner = ?3""";

    private static final String HEAD = """
            UPDATE thread
            SET status = ?, run_id = ?, checkpoint_id = ?, wake_at = ?, stalls = ?, updated_at = ?
            WHERE key = ?""";

    private static final String RELEASE = """
            UPDATE thread
            SET owner = NULL, owned_since = NULL, owned_until = NULL,
                cancel = cancel AND status NOT IN ('IDLE', 'CANCELLED', 'UNDONE'), updated_at = ?
            WHERE key = ?""";

    /** Both in one: the row, and its entries in indexes, are written once. */
    private static final String HEAD_AND_RELEASE = """
            UPDATE thread
            SET status = ?1, run_id = ?2, checkpoint_id = ?3, wake_at = ?4, stalls = ?5, updated_at = ?6,
                owner = NULL, owned_since = NULL, owned_until = NULL,
                cancel = cancel AND ?1 NOT IN ('IDLE', 'CANCELLED', 'UNDONE')
            WHERE key = ?7""";

    private static final String RESTS =
            "SELECT id, status, run_id, checkpoint_id, wake_at, stalls FROM thread WHERE key = ?";

    private static final String TOUCH = "UPDATE thread SET updated_at = ? WHERE key = ?";

    private Writes() {}

    /** What the fence let pass: rows by key. */
    private record Target(
            long thread, @Nullable String newest, @Nullable Long run, long next) {}

    /**
     * @throws LeaseLostException if the claim does not hold
     * @throws CheckpointException if the log does not go on where the write does; nothing is undone
     */
    static void apply(Session session, Claim claim, Write write, Instant now) throws SQLException {
        Target target = session.first(
                        FENCE, Writes::target, claim.threadId(), claim.epoch(), claim.owner(), write.runId())
                .orElseThrow(() -> new LeaseLostException(claim));
        if (steps(write) == 0) {
            // A transaction that changes no page is not synced, and this one may have to be.
            session.update(TOUCH, Moments.stored(now), target.thread());
            return;
        }
        applyLog(session, claim, write, target);
        for (CheckpointRecord checkpoint : write.checkpoints()) {
            CheckpointRows.insert(session, target.thread(), checkpoint);
        }
        if (write.runId() != null) {
            AnswerRows.take(session, target.thread(), write.runId(), write.takenAnswers());
        }
        RecordRows.add(session, write.request(), now);
        applyHead(session, claim, target, write, now);
    }

    /** How many statements a write takes, at least. */
    static int steps(Write write) {
        return write.log().size()
                + (write.run() == null ? 0 : 2)
                + 2 * write.checkpoints().size()
                + (write.head() == null ? 0 : 1)
                + (write.release() ? 3 : 0)
                + (write.request() == null ? 0 : 1)
                + write.takenAnswers().size();
    }

    /** About how many bytes a write holds. */
    static long bytes(Write write) {
        long bytes = 256 + RecordRows.bytes(write.request());
        for (LogRecord record : write.log()) {
            bytes += 64 + record.bytes().length;
        }
        for (CheckpointRecord checkpoint : write.checkpoints()) {
            for (byte[] value : checkpoint.values().values()) {
                bytes += 256 + value.length;
            }
        }
        return bytes;
    }

    private static Target target(ResultSet row) throws SQLException {
        long thread = row.getLong(1);
        String newest = row.getString(2);
        long run = row.getLong(3);
        if (row.wasNull()) {
            return new Target(thread, newest, null, 0);
        }
        long last = row.getLong(4);
        return new Target(thread, newest, run, row.wasNull() ? 0 : RunRows.seq(last) + 1);
    }

    private static void applyLog(Session session, Claim claim, Write write, Target target) throws SQLException {
        Long run = target.run();
        if (write.run() != null) {
            boolean isOfLog = write.run().runId().equals(write.runId());
            if (isOfLog && run != null) {
                RunRows.replace(session, run, write.run());
            } else {
                long key = RunRows.put(session, target.thread(), write.run());
                run = isOfLog ? Long.valueOf(key) : run;
            }
        }
        if (write.log().isEmpty()) {
            return;
        }
        if (run == null) {
            throw new CheckpointException(
                    "thread '" + claim.threadId() + "' has no run '" + write.runId() + "' to append to");
        }
        checkOrder(claim, write, target.next());
        RunRows.append(session, run, write.log());
    }

    private static void checkOrder(Claim claim, Write write, long first) {
        long next = first;
        for (LogRecord record : write.log()) {
            if (record.seq() != next || next > RunRows.LAST_SEQ) {
                throw new CheckpointException("the log of run '" + write.runId() + "' of thread '" + claim.threadId()
                        + "' goes on at " + next + ", but the write has " + record.seq());
            }
            next++;
        }
    }

    private static void applyHead(Session session, Claim claim, Target target, Write write, Instant now)
            throws SQLException {
        long thread = target.thread();
        Head head = write.head();
        if (head != null) {
            session.update(
                    write.release() ? HEAD_AND_RELEASE : HEAD,
                    head.status().name(),
                    head.runId(),
                    head.checkpointId(),
                    Moments.storedOrNull(head.dueAt()),
                    head.stalls(),
                    Moments.stored(now),
                    thread);
            RecordRows.replaced(session, claim.threadId(), target.newest(), head, now);
        }
        if (write.release()) {
            if (head == null) {
                session.update(RELEASE, Moments.stored(now), thread);
            }
            AnswerRows.released(session, thread, now);
            Head rests = head == null
                    ? session.first(RESTS, ThreadRows::head, thread).orElseThrow()
                    : head;
            RecordRows.released(session, claim.threadId(), rests, now);
            QueueChanges.released(session, claim.threadId(), claim.owner(), now);
        }
    }
}
