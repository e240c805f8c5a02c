package dev.clew.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that are sent together: one round trip, and outside of a transaction one commit. Each sees what those before it did. */
final class Message {
    private final Sql sql = new Sql();
    private final List<RowVisitor> visitors = new ArrayList<>();

    /** Adds a statement whose rows are of no interest. */
    Message add(String statement, @Nullable Object... arguments) {
        return add(row -> false, statement, arguments);
    }

    /** Adds a statement; the list gets its rows when the message is sent. */
    <T> List<T> read(RowReader<T> reader, String statement, @Nullable Object... arguments) {
        List<T> rows = new ArrayList<>();
        Message unused = add(row -> rows.add(reader.read(row)), statement, arguments);
        return rows;
    }

    private Message add(RowVisitor visitor, String statement, @Nullable Object... arguments) {
        sql.add(visitors.isEmpty() ? statement : "; " + statement, arguments);
        visitors.add(visitor);
        return this;
    }

    void send(Session session) throws SQLException {
        sql.send(session, visitors);
    }
}
