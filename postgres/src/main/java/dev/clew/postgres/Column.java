package dev.clew.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of many rows: an array argument.
 *
 * @param type the name of the elements' type in the database
 * @param values as JDBC wants them
 */
record Column(String type, @Nullable Object[] values) {
    /** A column of texts; each is mapped as {@link Texts} says. */
    static Column texts(List<? extends @Nullable String> texts) {
        @Nullable Object[] stored = new String[texts.size()];
        for (int i = 0; i < stored.length; i++) {
            @Nullable String text = texts.get(i);
            stored[i] = text == null ? null : Texts.stored(text);
        }
        return new Column("text", stored);
    }

    static Column longs(List<? extends @Nullable Long> numbers) {
        return new Column("int8", numbers.toArray(new Long[0]));
    }

    static Column ints(List<Integer> numbers) {
        return new Column("int4", numbers.toArray(new Integer[0]));
    }

    static Column flags(List<Boolean> flags) {
        return new Column("bool", flags.toArray(new Boolean[0]));
    }

    static Column bytes(List<? extends byte @Nullable []> bytes) {
        return new Column("bytea", bytes.toArray(new byte[0][]));
    }
}
