package dev.clew.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.clew.contracts.lab.MemoryFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The server that the tests of this JVM share: one that is started for them, or the one that {@code CLEW_POSTGRES_URL} names.
 * Each place has a schema of its own. Schemas are emptied and used again, because to make one takes longer than most tests.
 */
final class TestServer {
    /** How many connections a place has: few, because some tests open a hundred places. */
    private static final int FEW = 2;

    /** For the contract of the checkpointer, which steps a clock and races. */
    private static final int MANY = 5;

    private static final String EMPTY = """
            DELETE FROM {s}.log; DELETE FROM {s}.answer; DELETE FROM {s}.checkpoint; DELETE FROM {s}.run;
            DELETE FROM {s}.thread; DELETE FROM {s}.worker; DELETE FROM {s}.request; DELETE FROM {s}.queue;
            DELETE FROM {s}.queue_worker; DELETE FROM {s}.cached; DELETE FROM {s}.document;
            DELETE FROM {s}.document_gone; UPDATE {s}.document_revision SET latest = 0, forgotten = 0;
            DELETE FROM {s}.schedule;
            DELETE FROM {s}.request_record;
            DELETE FROM {s}.tape;
            DELETE FROM {s}.thread_label;
            DELETE FROM {s}.thread_info;
            DELETE FROM {s}.index_state""";

    private static final TestServer SHARED = new TestServer();

    private final String url;
    private final HikariDataSource pool;

    /** By the folder that stands for a place. */
    private final Map<Path, String> schemas = new HashMap<>();

    private final Deque<String> free = new ArrayDeque<>();
    private final String run = Long.toString(System.nanoTime(), 36);
    private int made;

    private TestServer() {
        String given = System.getenv("CLEW_POSTGRES_URL");
        url = given == null ? start() : given;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(280);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Duration.ofSeconds(30).toMillis());
        config.addDataSourceProperty("prepareThreshold", "1");
        pool = new HikariDataSource(config);
    }

    static TestServer shared() {
        return SHARED;
    }

    /** As careful as a real one: it waits until the file system says that it has what is stored. */
    private static String start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(MemoryFolder.create("clew-postgres"))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is, with user and password. */
    String url() {
        return url;
    }

    HikariDataSource pool() {
        return pool;
    }

    /** A place for a folder: the same schema as long as the folder is there. Without a clock, the server's counts. */
    Postgres open(Path folder, @Nullable Clock clock) throws SQLException {
        return open(folder, clock, pool, PostgresOptions.defaults());
    }

    /** The same, over other connections to the same server. */
    Postgres open(Path folder, @Nullable Clock clock, DataSource source, PostgresOptions options) throws SQLException {
        return Postgres.of(source, options.schema(schema(folder)).connections(clock == null ? FEW : MANY), clock);
    }

    /** A name that no schema of this run has. */
    synchronized String freshSchema() {
        made++;
        return "test_" + run + "_" + made;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement in the schema of a folder, which it calls {@code {s}}. */
    void execute(Path folder, String sql) throws SQLException {
        execute(sql.replace("{s}", schema(folder)));
    }

    /** How many rows a table has in the schema of a folder. */
    long count(Path folder, String table) throws SQLException {
        return number("SELECT count(*) FROM " + schema(folder) + "." + table);
    }

    /** The one number that a query gives. */
    long number(String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private synchronized String schema(Path folder) throws SQLException {
        for (Iterator<Map.Entry<Path, String>> left = schemas.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<Path, String> place = left.next();
            if (!Files.exists(place.getKey())) {
                free.add(place.getValue());
                left.remove();
            }
        }
        String known = schemas.get(folder);
        if (known == null) {
            known = free.isEmpty() ? freshSchema() : emptied(free.remove());
            schemas.put(folder, known);
        }
        return known;
    }

    private String emptied(String schema) throws SQLException {
        execute(EMPTY.replace("{s}", schema));
        return schema;
    }
}
