package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Opens connections, each set up alike, whatever the defaults of the role and the database are: what hangs ends, and plans
 * read indexes also if the statistics are missing.
 */
final class Connections {
    static final Duration CONNECT = Duration.ofSeconds(10);
    static final Duration SOCKET = Duration.ofSeconds(60);

    /** The servers that are supported begin here: 13. */
    private static final int OLDEST = 130_000;

    private static final String SET_UP = """
            SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
            SET statement_timeout = '45s';
            SET lock_timeout = '5s';
            SET idle_in_transaction_session_timeout = '30s';
            SET tcp_keepalives_idle = 10;
            SET tcp_keepalives_interval = 5;
            SET tcp_keepalives_count = 3;
            SET enable_seqscan = off;
            SET enable_hashjoin = off;
            SET enable_mergejoin = off;
            SET plan_cache_mode = force_generic_plan;
            SET jit = off""";

    /** What can be set for one transaction, for servers that change with each. */
    private static final String SETTINGS = """
            SELECT set_config('statement_timeout', '45s', true), set_config('lock_timeout', '5s', true),
                set_config('idle_in_transaction_session_timeout', '30s', true), set_config('enable_seqscan', 'off', true),
                set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
                set_config('jit', 'off', true)""";

    private final DataSource source;
    private final PostgresOptions options;

    /** What durable commits wait for: more than {@code on}, if the server says so. */
    private volatile String durableCommit = "on";

    Connections(DataSource source, PostgresOptions options) {
        this.source = source;
        this.options = options;
    }

    String schema() {
        return options.schema();
    }

    /** Whether a setting lasts only as long as its transaction. */
    boolean forgetsSettings() {
        return options.pollsOnly();
    }

    String durableCommit() {
        return durableCommit;
    }

    /** A new connection, ready for use. */
    Session open() throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setAutoCommit(true);
            Session session = new Session(connection, options.schema(), options.pollsOnly() ? SETTINGS : "");
            session.networkTimeout(Math.toIntExact(SOCKET.toMillis()));
            if (!options.pollsOnly()) {
                session.execute(SET_UP);
            }
            return session;
        } catch (SQLException | RuntimeException | Error failed) {
            closeAfter(failed, connection);
            throw failed;
        }
    }

    /** Checks the server, and brings the tables to this version or refuses them. */
    void prepare() {
        prepare(Migrations.VERSION);
    }

    /** The same for an older version; only in tests. */
    void prepare(int version) {
        try (Session session = open()) {
            checkServer(session);
            durableCommit = setting(session, "synchronous_commit").equals("remote_apply") ? "remote_apply" : "on";
            if (options.migrates()) {
                Migrations.run(session, options.schema(), version);
            }
            Migrations.requireCurrent(session, options.schema(), version);
        } catch (SQLException e) {
            throw PostgresFailures.of("connecting", options.schema(), e);
        }
    }

    private void checkServer(Session session) throws SQLException {
        int version = Integer.parseInt(setting(session, "server_version_num"));
        if (version < OLDEST) {
            throw new CheckpointException("the server is PostgreSQL " + setting(session, "server_version")
                    + "; Clew needs 13 or a newer one");
        }
        String encoding = setting(session, "server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new CheckpointException("the database has encoding " + encoding
                    + ", which cannot keep every text; create one with ENCODING 'UTF8'");
        }
        String isolation = setting(session, "default_transaction_isolation");
        if (options.pollsOnly() && !isolation.equals("read committed")) {
            throw new CheckpointException("the user's default_transaction_isolation is '" + isolation
                    + "', and with pollOnly() it cannot be set for a session; ALTER ROLE … SET default_transaction_isolation ="
                    + " 'read committed'");
        }
        for (String guard : new String[] {"fsync", "full_page_writes"}) {
            if (!options.unsafe() && setting(session, guard).equals("off")) {
                throw new CheckpointException("the server has " + guard + " off, so a crash may lose or damage what was"
                        + " committed; switch it on, or accept it with PostgresOptions.allowUnsafe()");
            }
        }
    }

    private static String setting(Session session, String name) throws SQLException {
        return session.first("SELECT current_setting(?)", row -> row.getString(1), name)
                .orElseThrow();
    }

    private static void closeAfter(Throwable failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
