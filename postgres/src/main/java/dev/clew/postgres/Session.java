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
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A connection with the statements it has prepared. One thread at a time uses it; no other object has the connection. In a
 * statement, {@code {s}} is the schema. Arguments are bound, always.
 */
final class Session implements AutoCloseable {
    private static final int KEPT_STATEMENTS = 64;

    private static final int UNDO_MILLIS = 1_000;

    private final Connection connection;
    private final String schema;

    /** By least recent use. */
    private final LinkedHashMap<String, PreparedStatement> statements = new LinkedHashMap<>(32, 0.75f, true);

    /** A statement that each transaction begins with; empty if the connection keeps its settings. */
    private final String settings;

    private boolean inTransaction;

    /** Whether the transaction ended with its last message. */
    private boolean isCommitted;

    private int networkTimeout = -1;

    /** What the connection had before; null if it is not closed here. */
    private @Nullable Before before;

    /** On a connection that is set up. */
    Session(Connection connection, String schema) {
        this(connection, schema, "");
    }

    /** On a connection whose server changes with each transaction: so each begins with this statement, which gives a row. */
    Session(Connection connection, String schema, String settings) {
        this.connection = connection;
        this.schema = schema;
        this.settings = settings;
    }

    /** Something that is done on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** The first row of a query, if it has one. */
    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = query(bind(sql, arguments))) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** All rows of a query. */
    <T> List<T> all(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        return all(0, sql, reader, arguments);
    }

    /** All rows of one result of several statements that are sent as one message, and so are one transaction. */
    <T> List<T> all(int result, String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        return all(result, result, sql, reader, arguments);
    }

    /** The same of this result and all after it. */
    <T> List<T> allFrom(int result, String sql, RowReader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        return all(result, Integer.MAX_VALUE - 1, sql, reader, arguments);
    }

    private <T> List<T> all(int first, int last, String sql, RowReader<T> reader, @Nullable Object... arguments)
            throws SQLException {
        PreparedStatement statement = bind(sql, arguments);
        boolean isRows = statement.execute();
        List<T> all = new ArrayList<>();
        for (int i = 0; isRows || statement.getUpdateCount() >= 0; i++) {
            if (isRows && i >= first + skipped() && i - skipped() <= last) {
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
     * Sends several statements as one message.
     *
     * @param visitors one for each of the first statements, which gets its rows
     */
    void send(String sql, List<RowVisitor> visitors, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = bind(sql, arguments);
        boolean isRows = statement.execute();
        for (int i = -skipped(); isRows || statement.getUpdateCount() >= 0; i++) {
            if (isRows && i >= 0 && i < visitors.size()) {
                try (ResultSet rows = statement.getResultSet()) {
                    boolean more = true;
                    while (more && rows.next()) {
                        more = visitors.get(i).visit(rows);
                    }
                }
            }
            isRows = statement.getMoreResults();
        }
    }

    /** As {@link #send}, in a transaction, which the same message commits. */
    void sendAndCommit(String sql, List<RowVisitor> visitors, @Nullable Object... arguments) throws SQLException {
        try {
            send(sql + "; COMMIT", visitors, arguments);
            isCommitted = true;
        } catch (SQLException lost) {
            throw unknownIfLost(lost);
        }
    }

    /**
     * Shows the rows of a query while they arrive, some at a time; in a transaction only.
     *
     * @param visitor returns false if it wants no more
     */
    void each(int atOnce, String sql, RowVisitor visitor, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = bind(sql, arguments);
        statement.setFetchSize(atOnce);
        try (ResultSet rows = query(statement)) {
            boolean more = true;
            while (more && rows.next()) {
                more = visitor.visit(rows);
            }
        }
    }

    /** How many rows a statement changed. */
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = bind(sql, arguments);
        if (skipped() == 0) {
            return statement.executeUpdate();
        }
        statement.execute();
        statement.getMoreResults();
        return statement.getUpdateCount();
    }

    private ResultSet query(PreparedStatement statement) throws SQLException {
        if (skipped() == 0) {
            return statement.executeQuery();
        }
        statement.execute();
        statement.getMoreResults();
        return statement.getResultSet();
    }

    /** How many results come before those of a statement's own text. */
    private int skipped() {
        return settings.isEmpty() || inTransaction ? 0 : 1;
    }

    /** Runs statements that are not worth keeping. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(inSchema(sql));
        }
    }

    /** Does several steps in one transaction. If the work throws, nothing of it is stored. */
    <T> T transaction(Work<T> work) throws SQLException {
        return transaction("", work);
    }

    /** The same for reads, all of which see one state. */
    <T> T snapshot(Work<T> work) throws SQLException {
        return transaction("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", on -> {
            on.mayBeSlow();
            return work.on(on);
        });
    }

    /** Of a transaction without locks, whose reader may take its time. */
    void mayBeSlow() throws SQLException {
        execute("SET LOCAL idle_in_transaction_session_timeout = '30s'");
    }

    private <T> T transaction(String first, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        inTransaction = true;
        try {
            if (!first.isEmpty()) {
                execute(first);
            }
            if (!settings.isEmpty()) {
                execute(settings);
            }
            isCommitted = false;
            T result = work.on(this);
            if (!isCommitted) {
                commit();
            }
            connection.setAutoCommit(true);
            inTransaction = false;
            return result;
        } catch (SQLException | RuntimeException | Error failed) {
            rollBack(failed);
            inTransaction = false;
            throw failed;
        }
    }

    private void commit() throws SQLException {
        try {
            connection.commit();
        } catch (SQLException lost) {
            throw unknownIfLost(lost);
        }
    }

    private static SQLException unknownIfLost(SQLException failed) {
        boolean isUnknown = PostgresFailures.isConnectionLost(failed) && !PostgresFailures.isRolledBack(failed);
        return isUnknown ? new UnknownCommitException(failed) : failed;
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

    /** What others sent to the channels that this connection listens to; waits for some at most so long. */
    List<String> notices(int millis) throws SQLException {
        List<String> texts = new ArrayList<>();
        try {
            for (PGNotification notice : connection.unwrap(PGConnection.class).getNotifications(millis)) {
                texts.add(notice.getParameter());
            }
        } catch (SQLException lost) {
            // This went past a pool's own object: a statement that fails lets the pool know that the connection is of
            // no use.
            execute("SELECT 1");
            throw lost;
        }
        return texts;
    }

    /** Leaves the connection to its owner. */
    void closeStatements() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    /**
     * What a connection had before it was set up.
     *
     * @param settings the statement that gives it back its settings; empty if none was changed
     */
    record Before(boolean autoCommit, int networkTimeout, String settings) {}

    /** The connection gets back what it had before it goes to another user. */
    void undoWhenClosed(Before had) {
        before = had;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            undo();
        }
    }

    private void undo() {
        if (before == null) {
            return;
        }
        try {
            networkTimeout(UNDO_MILLIS);
            if (!before.settings().isEmpty()) {
                execute(before.settings());
            }
            connection.setAutoCommit(before.autoCommit());
            connection.setNetworkTimeout(Runnable::run, before.networkTimeout());
        } catch (SQLException ignored) {
            // The connection is dead, and of no use to anybody else.
        }
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepared(skipped() == 0 ? sql : settings + "; " + sql);
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
