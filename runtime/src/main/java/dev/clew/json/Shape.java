package dev.clew.json;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The stored form of one type: how its values are written and read, and which of them count as empty.
 *
 * <p>Immutable and thread-safe. Null is handled here, so subclasses see values only.
 */
abstract class Shape {
    private final Class<?> type;

    /** @param type the class of the values, boxed */
    Shape(Class<?> type) {
        this.type = type;
    }

    final Class<?> type() {
        return type;
    }

    /** Writes a value, or null where it is allowed. */
    final void write(@Nullable Object value, Sink sink) throws JacksonException {
        if (value == null) {
            writeNull(sink);
        } else if (type.isInstance(value)) {
            writeValue(value, sink);
        } else {
            throw new Misfit(
                    "expected " + type.getName() + ", found " + value.getClass().getName());
        }
    }

    /** Reads the value at the current token. */
    final @Nullable Object read(JsonParser in) throws JacksonException {
        return in.currentToken() == JsonToken.VALUE_NULL ? ofNull() : readValue(in);
    }

    /** What {@link #writeValue} writes, as JSON Schema; the map is the caller's to change. */
    abstract Map<String, Object> schema(Schemas schemas);

    /** Whether null may be written in place of a value. */
    boolean isNullable() {
        return true;
    }

    /**
     * Whether values of different classes may have one stored form.
     *
     * @param seen the shapes that are being asked, because types may refer to themselves
     */
    boolean isOpen(Set<Shape> seen) {
        return false;
    }

    abstract void writeValue(Object value, Sink sink) throws JacksonException;

    abstract Object readValue(JsonParser in) throws JacksonException;

    /**
     * Whether this value, as a member of a record, is left out of the canonical form.
     *
     * @param depth how deep the value lies, so that a long chain of empty records meets the limit
     */
    boolean isEmpty(Object value, Sink sink, int depth) {
        return false;
    }

    void writeNull(Sink sink) throws JacksonException {
        sink.gen().writeNull();
    }

    /** What a stored null is read as. */
    @Nullable
    Object ofNull() {
        return null;
    }

    /** What a member is that the stored form does not have, because it was added to the code later. */
    @Nullable
    Object ofAbsent() {
        return null;
    }

    /** Requires the current token, in words that show the kind of what was found and never its text. */
    static void expect(JsonToken wanted, JsonParser in, String description) {
        if (in.currentToken() != wanted) {
            throw unexpected(in, description);
        }
    }

    static Misfit unexpected(JsonParser in, String description) {
        return new Misfit("expected " + description + ", found " + kindOf(in.currentToken()));
    }

    private static String kindOf(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a decimal number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
