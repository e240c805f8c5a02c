package dev.clew.postgres;

import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LeaseState;
import dev.clew.value.Spans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prolongs claims, hundreds in one statement, and asks owners to cancel. A thread that another session has locked makes the
 * others wait for nothing: it is renewed alone afterwards.
 */
final class Renewals {
    private static final int MOST = 500;

    /** What a renewal saves is not worth a sync: if the server crashes, the lease is as long as before. */
    private static final String UNSYNCED = "SELECT set_config('synchronous_commit', 'off', true); ";

    private static final String BRIEFLY = "SELECT set_config('lock_timeout', '1s', true); ";

    private static final String START = "WITH " + StoreTime.NOW + """
            , l AS MATERIALIZED (
                SELECT e.id FROM unnest(?, ?, ?) e(id, epoch, owner)
                CROSS JOIN LATERAL (
                    SELECT 1 FROM {s}.thread t
                    WHERE t.id = e.id AND t.epoch = e.epoch AND t.owner = e.owner FOR NO KEY UPDATE""";

    private static final String END = """
            ) t)
            UPDATE {s}.thread t SET owned_until = n.now + least(?, 9223372036854775807 - n.now)
            FROM l CROSS JOIN n WHERE t.id = l.id
            RETURNING t.id, t.owner, t.epoch, t.cancel,""" + ' ' + ThreadRows.ANSWERS_WAIT + " AS answers_wait";

    private static final String RENEW = UNSYNCED + START + " SKIP LOCKED" + END;

    private static final String RENEW_ALONE = UNSYNCED + BRIEFLY + START + END;

    private static final String CANCEL = "WITH " + StoreTime.NOW
            + " UPDATE {s}.thread SET cancel = true, updated_at = n.now FROM n"
            + " WHERE id = ? AND epoch = ? AND owner IS NOT NULL";

    private final Session session;
    private final Duration lease;
    private final StoreTime time;
    private final Map<Claim, LeaseState> found = new LinkedHashMap<>();

    private Renewals(Session session, Duration lease, StoreTime time) {
        this.session = session;
        this.lease = lease;
        this.time = time;
    }

    static Map<Claim, LeaseState> renew(Session session, Collection<Claim> claims, Duration lease, StoreTime time)
            throws SQLException {
        // If the server does not answer, another connection is tried while there is time left.
        session.networkTimeout(
                (int) Math.max(100, Math.min(Connections.SOCKET.toMillis(), Spans.micros(lease) / 3_000)));
        List<Claim> sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparing(Claim::threadId));
        Renewals renewals = new Renewals(session, lease, time);
        for (int from = 0; from < sorted.size(); from += MOST) {
            renewals.renew(sorted.subList(from, Math.min(sorted.size(), from + MOST)));
        }
        return renewals.found;
    }

    static boolean requestCancel(Session session, String threadId, long epoch, StoreTime time) throws SQLException {
        return session.update(CANCEL, time.argument(), threadId, epoch) > 0;
    }

    private void renew(List<Claim> claims) throws SQLException {
        send(1, RENEW, claims);
        for (Claim claim : claims) {
            if (!found.containsKey(claim)) {
                renewAlone(claim);
            }
        }
    }

    private void renewAlone(Claim claim) throws SQLException {
        try {
            send(2, RENEW_ALONE, List.of(claim));
            found.putIfAbsent(claim, LeaseState.LOST);
        } catch (SQLException e) {
            if (!PostgresFailures.isConflict(e)) {
                throw e;
            }
            // Nothing is known of it: it is neither renewed nor lost.
        }
    }

    private void send(int result, String sql, List<Claim> claims) throws SQLException {
        session.all(
                result,
                sql,
                this::read,
                time.argument(),
                Column.texts(claims.stream().map(Claim::threadId).toList()),
                Column.longs(claims.stream().map(Claim::epoch).toList()),
                Column.texts(claims.stream().map(Claim::owner).toList()),
                Spans.nanos(lease));
    }

    private LeaseState read(ResultSet row) throws SQLException {
        LeaseState state = LeaseState.HELD;
        if (row.getBoolean("cancel")) {
            state = LeaseState.CANCEL_REQUESTED;
        } else if (row.getBoolean("answers_wait")) {
            state = LeaseState.ANSWERS_WAIT;
        }
        String threadId = Texts.read(row.getString("id"));
        found.put(new Claim(threadId, Texts.read(row.getString("owner")), row.getLong("epoch")), state);
        return state;
    }
}
