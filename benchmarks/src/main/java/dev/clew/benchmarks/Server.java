package dev.clew.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server to measure on: the one that {@code CLEW_POSTGRES_URL} names, or one that is started for it, which writes
 * to the disk what it says is stored.
 */
public final class Server implements AutoCloseable {
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final @Nullable EmbeddedPostgres embedded;

    private @Nullable Connection asking;

    private Server(String url, @Nullable EmbeddedPostgres embedded) {
        source.setUrl(url);
        source.setPrepareThreshold(1);
        this.embedded = embedded;
    }

    /** The server that is named, or a new one. */
    public static Server open() {
        String given = System.getenv("CLEW_POSTGRES_URL");
        if (given != null) {
            return new Server(given, null);
        }
        try {
            EmbeddedPostgres embedded = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "4GB")
                    .setServerConfig("track_wal_io_timing", "on")
                    .start();
            return new Server(embedded.getJdbcUrl("postgres", "postgres"), embedded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address for JDBC. */
    public String url() {
        return source.getUrl();
    }

    DataSource dataSource() {
        return source;
    }

    void execute(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row. It is asked often while others are measured, so a connection is kept for it. */
    public synchronized long number(String sql) {
        try {
            if (asking == null) {
                asking = source.getConnection();
            }
            try (Statement statement = asking.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        if (asking != null) {
            try {
                asking.close();
            } catch (SQLException e) {
                throw new IllegalStateException("the connection could not be closed", e);
            }
        }
        if (embedded != null) {
            try {
                embedded.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
