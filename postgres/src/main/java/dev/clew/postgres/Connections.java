package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Opens connections, each set up alike. */
final class Connections {
    static final Duration CONNECT = Duration.ofSeconds(10);
    static final Duration SOCKET = Duration.ofSeconds(60);

    /** How long a lock is waited for. */
    private static final Duration LOCK = Duration.ofSeconds(5);

    private static final Duration WRITERS_LOCK = Duration.ofMillis(50);

    /** The servers that are supported begin here: 13. */
    private static final int OLDEST = 130_000;

    /** What a source that throws something of its own is taken for. */
    private static final String UNREACHABLE = "08001";

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
        return open(LOCK);
    }

    /** The same for a writer, which has something else to do while a thread is locked. */
    Session openForWriter() throws SQLException {
        return open(WRITERS_LOCK);
    }

    private Session open(Duration lock) throws SQLException {
        Connection connection = connect();
        try {
            boolean autoCommit = connection.getAutoCommit();
            int networkTimeout = connection.getNetworkTimeout();
            connection.setAutoCommit(true);
            Session session = new Session(
                    connection, options.schema(), options.pollsOnly() ? SessionSettings.ofTransaction(lock) : "");
            session.networkTimeout(Math.toIntExact(SOCKET.toMillis()));
            String settings = options.pollsOnly() ? "" : SessionSettings.setUp(session, lock);
            session.undoWhenClosed(new Session.Before(autoCommit, networkTimeout, settings));
            return session;
        } catch (SQLException | RuntimeException | Error failed) {
            closeAfter(failed, connection);
            throw failed;
        }
    }

    /** An interrupt is kept for later: it must not decide what becomes of a batch. */
    private Connection connect() throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return source.getConnection();
                } catch (SQLException | RuntimeException failed) {
                    if (!Thread.interrupted()) {
                        throw failed instanceof SQLException down
                                ? down
                                : new SQLException("the data source failed", UNREACHABLE, failed);
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
