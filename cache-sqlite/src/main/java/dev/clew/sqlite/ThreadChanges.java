package dev.clew.sqlite;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.Write;
import dev.clew.queue.Line;
import dev.clew.value.Spans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Claims, renewals and requests to cancel. Each is one conditional statement, so that processes cannot come between. */
final class ThreadChanges {
    private static final String CREATE = """
            INSERT INTO thread (id, workflow, status, run_id, checkpoint_id, wake_at, stalls, epoch,
                owner, owned_since, owned_until, cancel, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT epoch + 1 FROM retired_epoch), ?8, ?9, ?10, 0, ?9, ?9)
            ON CONFLICT (id) DO NOTHING
            RETURNING epoch""";

    private static final String TAKE = """
            UPDATE thread
            SET epoch = epoch + 1, owner = ?1, owned_since = ?2, owned_until = ?3, updated_at = ?2, workflow = ?7
            WHERE id = ?4 AND epoch = ?5 AND (owned_until IS NULL OR owned_until <= ?2 OR ?6)
            RETURNING epoch""";

    private static final String RENEW =
            "UPDATE thread SET owned_until = ? WHERE id = ? AND epoch = ? AND owner = ? RETURNING cancel, "
                    + AnswerRows.WAIT;

    private static final String CANCEL =
            "UPDATE thread SET cancel = 1, updated_at = ? WHERE id = ? AND epoch = ? AND owner IS NOT NULL";

    private static final String EXISTS = "SELECT 1 FROM thread WHERE id = ?";

    private ThreadChanges() {}

    /** Claims and makes the first write; empty, and nothing done, where the row is not as expected. */
    static Optional<Claim> claim(Session session, ClaimRequest request, Write first, Instant now) throws SQLException {
        Optional<Line> line = QueueChanges.claimed(session, request, first, now);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> epoch =
                request.expectedEpoch() == 0 ? create(session, request, first, now) : take(session, request, now);
        if (epoch.isEmpty()) {
            return Optional.empty();
        }
        if (request.expectedEpoch() == 0) {
            IndexRows.born(session, request.threadId(), now);
        }
        RequestRows.save(session, request.threadId(), line.get());
        if (request.rolledBack() != null) {
            Deletions.rollBack(session, request.threadId(), request.rolledBack());
        }
        Claim claim = new Claim(request.threadId(), request.owner(), epoch.get());
        Writes.apply(session, claim, first, now);
        return Optional.of(claim);
    }

    static Map<Claim, LeaseState> renew(Session session, Collection<Claim> claims, Duration lease, Instant now)
            throws SQLException {
        long until = Moments.stored(Spans.after(now, lease));
        Map<Claim, LeaseState> found = new LinkedHashMap<>();
        for (Claim claim : claims) {
            found.put(
                    claim,
                    session.first(RENEW, ThreadChanges::state, until, claim.threadId(), claim.epoch(), claim.owner())
                            .orElse(LeaseState.LOST));
        }
        return found;
    }

    private static LeaseState state(ResultSet row) throws SQLException {
        if (row.getBoolean(1)) {
            return LeaseState.CANCEL_REQUESTED;
        }
        return row.getBoolean(2) ? LeaseState.ANSWERS_WAIT : LeaseState.HELD;
    }

    static boolean requestCancel(Session session, String threadId, long epoch, Instant now) throws SQLException {
        return session.update(CANCEL, Moments.stored(now), threadId, epoch) > 0;
    }

    private static Optional<Long> create(Session session, ClaimRequest request, Write first, Instant now)
            throws SQLException {
        Head head = first.head();
        if (head == null) {
            if (session.first(EXISTS, row -> row.getInt(1), request.threadId()).isPresent()) {
                return Optional.empty();
            }
            throw new CheckpointException("the first write of new thread '" + request.threadId() + "' has no head");
        }
        return session.first(
                CREATE,
                row -> row.getLong(1),
                request.threadId(),
                request.workflow(),
                head.status().name(),
                head.runId(),
                head.checkpointId(),
                Moments.storedOrNull(head.dueAt()),
                head.stalls(),
                request.owner(),
                Moments.stored(now),
                Moments.stored(Spans.after(now, request.lease())));
    }

    private static Optional<Long> take(Session session, ClaimRequest request, Instant now) throws SQLException {
        return session.first(
                TAKE,
                row -> row.getLong(1),
                request.owner(),
                Moments.stored(now),
                Moments.stored(Spans.after(now, request.lease())),
                request.threadId(),
                request.expectedEpoch(),
                request.takeOver(),
                request.workflow());
    }
}
