package dev.clew.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The limit of durable work: rows in one SQLite file with a write-ahead log, synchronous FULL, and nothing around it. */
final class RawSqlite implements AutoCloseable {
    private final Path folder;
    private final Connection connection;
    private final PreparedStatement insert;
    private long next;

    private RawSqlite(Path folder, Connection connection) throws SQLException {
        this.folder = folder;
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE log (place INTEGER PRIMARY KEY, entry BLOB NOT NULL)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT INTO log VALUES (?, ?)");
    }

    static RawSqlite open() {
        Path folder = Folders.fresh();
        try {
            return new RawSqlite(folder, DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raw.db")));
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    void insert(byte[] row) {
        try {
            insert.setLong(1, next++);
            insert.setBytes(2, row);
            insert.executeUpdate();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Rows, so many to a commit. */
    void insert(int rows, int rowsPerCommit, byte[] row) {
        for (int i = 1; i <= rows; i++) {
            insert(row);
            if (i % rowsPerCommit == 0 || i == rows) {
                commit();
            }
        }
    }

    /** The bytes of all rows, by one range scan. */
    long scan() {
        long bytes = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT place, entry FROM log WHERE place >= 0 ORDER BY place")) {
            while (rows.next()) {
                bytes += rows.getLong(1) + rows.getBytes(2).length;
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
        return bytes;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        } finally {
            Folders.delete(folder);
        }
    }
}
