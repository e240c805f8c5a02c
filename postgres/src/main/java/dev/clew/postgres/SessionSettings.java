package dev.clew.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a connection is set to, whatever the defaults of the role and the database are: what hangs ends, and plans read indexes also
 * if the statistics are missing. A connection of a pool gets back what it had when it is given back.
 */
final class SessionSettings {
    /** Whatever is not said to be of less worth waits for the server's disk; for more, if the server or the role says so. */
    private static final String COMMIT = ", set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
            + " WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, ";

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Those of a transaction.
     *
     * @param lock how long a lock is waited for
     */
    private SessionSettings(Duration lock) {
        values.put("statement_timeout", "45s");
        values.put("lock_timeout", lock.toMillis() + "ms");
        // A process that stopped in the middle of a transaction has lost its locks before others have waited for them
        // too long.
        values.put("idle_in_transaction_session_timeout", "4s");
        values.put("enable_seqscan", "off");
        values.put("enable_hashjoin", "off");
        values.put("enable_mergejoin", "off");
        values.put("jit", "off");
    }

    /** A statement that a transaction begins with, for a server that changes with each. */
    static String ofTransaction(Duration lock) {
        return set(new SessionSettings(lock).values, true) + COMMIT + "true)";
    }

    /** Sets a connection up; gives the statement that undoes it. */
    static String setUp(Session session, Duration lock) throws SQLException {
        Map<String, String> values = new SessionSettings(lock).values;
        values.put("default_transaction_isolation", "read committed");
        values.put("default_transaction_read_only", "off");
        values.put("plan_cache_mode", "force_generic_plan");
        values.put("tcp_keepalives_idle", "10");
        values.put("tcp_keepalives_interval", "5");
        values.put("tcp_keepalives_count", "3");
        String read = values.keySet().stream()
                .map(name -> "current_setting('" + name + "') AS " + name)
                .collect(Collectors.joining(
                        ", ", "SELECT ", ", current_setting('synchronous_commit') AS synchronous_commit"));
        Map<String, String> before = session.all(
                        0, read + "; " + set(values, false) + COMMIT + "false)", row -> before(row, values))
                .get(0);
        return set(before, false);
    }

    private static Map<String, String> before(ResultSet row, Map<String, String> values) throws SQLException {
        Map<String, String> before = new LinkedHashMap<>();
        for (String name : values.keySet()) {
            before.put(name, row.getString(name));
        }
        before.put("synchronous_commit", row.getString("synchronous_commit"));
        return before;
    }

    private static String set(Map<String, String> values, boolean inTransaction) {
        return values.entrySet().stream()
                .map(value -> "set_config('" + value.getKey() + "', '" + value.getValue() + "', " + inTransaction + ')')
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }
}
