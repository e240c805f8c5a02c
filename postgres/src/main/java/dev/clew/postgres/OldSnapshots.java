package dev.clew.postgres;

import dev.clew.checkpoint.StoreWarning;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The sessions of this database that hold an old snapshot. What was deleted since then cannot be removed, so each take of a queue reads
 * more dead entries. A role without {@code pg_read_all_stats} sees its own sessions only.
 */
final class OldSnapshots {
    /** From when on a snapshot is worth a warning. */
    static final Duration OLD = Duration.ofMinutes(5);

    /** Vacuum itself holds nothing back. */
    private static final String READ = """
            SELECT pid, usename, application_name, (extract(epoch FROM xact_start) * 1000000000)::bigint AS since
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
              AND backend_type <> 'autovacuum worker' AND coalesce(query, '') !~* '^\\s*vacuum'
              AND xact_start <= clock_timestamp() - ? * interval '1 millisecond'
            ORDER BY xact_start, pid LIMIT 20""";

    private OldSnapshots() {}

    /** The snapshots that are older than this, the oldest first. */
    static List<StoreWarning> read(Session session, Duration old) throws SQLException {
        return session.all(READ, OldSnapshots::warning, old.toMillis());
    }

    private static StoreWarning warning(ResultSet row) throws SQLException {
        Instant since = Moments.read(row, "since");
        int process = row.getInt("pid");
        return new StoreWarning(
                StoreWarning.Kind.OLD_SNAPSHOT,
                since,
                "process " + process + " of the database, user '" + row.getString("usename") + "', application '"
                        + row.getString("application_name") + "', has held a snapshot since " + since
                        + ": what was deleted since then stays in tables and indexes, so takes from queues become slower; let"
                        + " it end, or end it with pg_terminate_backend(" + process + ")");
    }
}
