package dev.clew.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is put together of constant fragments, with the arguments of each. Data is never part of a fragment, so
 * the number of different texts is small.
 */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> arguments = new ArrayList<>();

    Sql add(String fragment, @Nullable Object... values) {
        text.append(fragment);
        arguments.addAll(Arrays.asList(values));
        return this;
    }

    <T> List<T> all(Session session, RowReader<T> reader) throws SQLException {
        return session.all(text.toString(), reader, arguments.toArray());
    }

    <T> List<T> all(int result, Session session, RowReader<T> reader) throws SQLException {
        return session.all(result, text.toString(), reader, arguments.toArray());
    }

    void send(Session session, List<RowVisitor> visitors) throws SQLException {
        session.send(text.toString(), visitors, arguments.toArray());
    }

    void sendAndCommit(Session session, List<RowVisitor> visitors) throws SQLException {
        session.sendAndCommit(text.toString(), visitors, arguments.toArray());
    }

    void each(int atOnce, Session session, RowVisitor visitor) throws SQLException {
        session.each(atOnce, text.toString(), visitor, arguments.toArray());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
