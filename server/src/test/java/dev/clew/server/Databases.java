package dev.clew.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases of one PostgreSQL server, which is started with the first and ends with this process. */
final class Databases {
    private static final AtomicInteger MADE = new AtomicInteger();

    private Databases() {}

    private static final class Shared {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                // It keeps what it says is stored, as servers refuse one that does not.
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            } catch (IOException failed) {
                throw new UncheckedIOException("no PostgreSQL server could be started", failed);
            }
        }
    }

    /** The address of a new, empty database, whose user is {@code postgres}. */
    static String fresh() throws SQLException {
        String name = "place" + MADE.incrementAndGet();
        try (Connection connection = Shared.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return Shared.SERVER.getJdbcUrl("postgres", name);
    }
}
