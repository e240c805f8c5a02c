package dev.clew.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that is put together of constant fragments, with the arguments of each. Data is never part of a fragment, so
 * the number of different texts is small.
 */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> arguments = new ArrayList<>();

    Sql(String start) {
        text.append(start);
    }

    Sql add(String fragment, @Nullable Object... values) {
        text.append(fragment);
        arguments.addAll(Arrays.asList(values));
        return this;
    }

    /** Adds {@code (?, ?, …)} with one place per value. */
    Sql addList(Collection<String> values) {
        text.append('(')
                .append(String.join(", ", Collections.nCopies(values.size(), "?")))
                .append(')');
        arguments.addAll(values);
        return this;
    }

    <T> List<T> all(Session session, RowReader<T> reader) throws SQLException {
        return session.all(text.toString(), reader, arguments.toArray());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
