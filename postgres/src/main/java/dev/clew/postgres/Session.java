package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.postgres.PostgresFailures.UnknownCommitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection with the statements it has prepared. One thread at a time uses it; no other object has the connection. In a
 * statement, {@code {s}} is the schema. Arguments are bound, always.
 */
final class Session implements AutoCloseable {
    private static final int KEPT_STATEMENTS = 64;

    private final Connection connection;
    private final String schema;

    /** By least recent use. */
    private final LinkedHashMap<String, PreparedStatement> statements = new LinkedHashMap<>(32, 0.75f, true);

    private int networkTimeout = -1;

    Session(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** Something that is done on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** The first row of a query, if it has one. */
    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** All rows of a query. */
    <T> List<T> all(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        return all(0, sql, reader, arguments);
    }

    /** All rows of one result of several statements that are sent as one message, and so are one transaction. */
    <T> List<T> all(int result, String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = bind(sql, arguments);
        boolean isRows = statement.execute();
        List<T> all = new ArrayList<>();
        for (int i = 0; isRows || statement.getUpdateCount() >= 0; i++) {
            if (isRows && i == result) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        all.add(reader.read(rows));
                    }
                }
            }
            isRows = statement.getMoreResults();
        }
        return all;
    }

    /**
     * Shows the rows of a query while they arrive, some at a time; in a transaction only.
     *
     * @param visitor returns false if it wants no more
     */
    void each(int atOnce, String sql, RowVisitor visitor, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = bind(sql, arguments);
        statement.setFetchSize(atOnce);
        try (ResultSet rows = statement.executeQuery()) {
            boolean more = true;
            while (more && rows.next()) {
                more = visitor.visit(rows);
            }
        }
    }

    /** How many rows a statement changed. */
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    /** Runs statements that are not worth keeping. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(inSchema(sql));
        }
    }

    /** Does several steps in one transaction. If the work throws, nothing of it is stored. */
    <T> T transaction(Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.on(this);
            commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException | Error failed) {
            rollBack(failed);
            throw failed;
        }
    }

    private void commit() throws SQLException {
        try {
            connection.commit();
        } catch (SQLException lost) {
            throw PostgresFailures.isConnectionLost(lost) ? new UnknownCommitException(lost) : lost;
        }
    }

    private void rollBack(Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e); // the connection is lost, and with it the transaction
        }
    }

    /** How long an answer may take before the connection counts as lost. */
    void networkTimeout(int millis) throws SQLException {
        if (millis != networkTimeout) {
            connection.setNetworkTimeout(Runnable::run, millis);
            networkTimeout = millis;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private String inSchema(String sql) {
        return sql.replace("{s}", schema);
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() >= KEPT_STATEMENTS) {
            Map.Entry<String, PreparedStatement> eldest =
                    statements.entrySet().iterator().next();
            statements.remove(eldest.getKey());
            eldest.getValue().close();
        }
        PreparedStatement statement = connection.prepareStatement(inSchema(sql));
        statements.put(sql, statement);
        return statement;
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object argument) throws SQLException {
        if (argument instanceof String text) {
            statement.setString(index, Texts.stored(text));
        } else if (argument instanceof Long number) {
            statement.setLong(index, number);
        } else if (argument instanceof Integer number) {
            statement.setInt(index, number);
        } else if (argument instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (argument instanceof Boolean flag) {
            statement.setBoolean(index, flag);
        } else if (argument instanceof Column column) {
            statement.setArray(index, connection.createArrayOf(column.type(), column.values()));
        } else if (argument == null) {
            statement.setNull(index, Types.NULL);
        } else {
            throw new CheckpointException("cannot bind a " + argument.getClass().getName());
        }
    }
}
