package dev.clew.json.form;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The stored form of one type: how its values are written and read, and which of them count as empty.
 *
 * <p>Immutable and thread-safe. Null is handled here, so subclasses see values only.
 */
public abstract class Shape {
    private final Class<?> type;
    private final Collection<Supplier<Shape>> parts;
    private volatile @Nullable Boolean open;

    /** A value as text, such as the key of a map. */
    public record Text<T>(Function<? super T, String> format, Function<String, ? extends T> parse) {}

    /** @param type the class of the values, boxed */
    protected Shape(Class<?> type) {
        this(type, List.of());
    }

    /**
     * The shape of values that have elements or members.
     *
     * @param parts the shapes of elements or members
     */
    protected Shape(Class<?> type, Collection<Supplier<Shape>> parts) {
        this.type = type;
        this.parts = parts;
    }

    public final Class<?> type() {
        return type;
    }

    /** Writes a value, or null where it is allowed. */
    public final void write(@Nullable Object value, Sink sink) throws JacksonException {
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
    public final @Nullable Object read(JsonParser in) throws JacksonException {
        return in.currentToken() == JsonToken.VALUE_NULL ? ofNull() : readValue(in);
    }

    /** Whether it is an {@code Optional}: a model may leave out its value. */
    public boolean isOptional() {
        return false;
    }

    /** Whether values of different classes may have one stored form, because plain data is somewhere in them. */
    public final boolean isOpen() {
        Boolean known = open;
        if (known == null) {
            known = isOpen(new HashSet<>());
            open = known;
        }
        return known;
    }

    /**
     * Whether plain data is somewhere in the values.
     *
     * @param seen the shapes that are being asked, because types may refer to themselves
     */
    protected boolean isOpen(Set<Shape> seen) {
        return seen.add(this) && parts.stream().anyMatch(part -> part.get().isOpen(seen));
    }

    /** How values become keys of a map; null if they are no keys. */
    public @Nullable Text<?> key() {
        return null;
    }

    /** What {@link #writeValue} writes, as JSON Schema; the map is the caller's to change. */
    public abstract Map<String, Object> schema(Schemas schemas);

    public abstract void writeValue(Object value, Sink sink) throws JacksonException;

    public abstract Object readValue(JsonParser in) throws JacksonException;

    /** Reads the members that are left of an object whose discriminator was read; ends at the object's end. */
    public Object readMembers(JsonParser in) throws JacksonException {
        return SetAside.members(in, in.nextName(), name -> false, this::readValue);
    }

    /**
     * Whether this value, as a member of a record, is left out of the canonical form.
     *
     * @param depth how deep the value lies, so that a long chain of empty records meets the limit
     */
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return false;
    }

    public void writeNull(Sink sink) throws JacksonException {
        sink.gen().writeNull();
    }

    /** What a stored null is read as. */
    public @Nullable Object ofNull() {
        return ofAbsent();
    }

    /**
     * What a member is that the stored form does not have, because it was added to the code later: null, if null may be
     * written in place of a value.
     */
    public @Nullable Object ofAbsent() {
        return null;
    }

    /** Reads the elements of an array, and prepends the index to the path of what goes wrong. */
    protected static void readElements(
            JsonParser in,
            Collection<? super @Nullable Object> into,
            Function<JsonParser, ? extends @Nullable Object> element) {
        int index = 0;
        try {
            while (in.nextToken() != JsonToken.END_ARRAY) {
                into.add(element.apply(in));
                index++;
            }
        } catch (JacksonException e) {
            throw e.prependPath(into, index);
        }
    }

    /** Reads the members that are left of an object as entries of a map; ends at the object's end. */
    protected static <K> void readEntries(
            JsonParser in,
            Map<K, @Nullable Object> into,
            Function<String, ? extends K> key,
            Function<JsonParser, ? extends @Nullable Object> value) {
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            try {
                in.nextToken();
                K read = key.apply(name);
                if (into.containsKey(read)) {
                    throw new Misfit("the same key twice");
                }
                into.put(read, value.apply(in));
            } catch (JacksonException e) {
                throw e.prependPath(into, name);
            }
        }
    }

    /** Requires the current token, and returns the parser; in words that show the kind of what was found and never its text. */
    public static JsonParser expect(JsonToken wanted, JsonParser in, String description) {
        if (in.currentToken() != wanted) {
            throw unexpected(in, description);
        }
        return in;
    }

    public static Misfit unexpected(JsonParser in, String description) {
        JsonToken token = in.currentToken();
        String kind = token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT, PROPERTY_NAME -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "text";
                    case VALUE_NUMBER_INT -> "an integer";
                    case VALUE_NUMBER_FLOAT -> "a decimal number";
                    case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                    case VALUE_NULL -> "null";
                    default -> "something else";
                };
        return new Misfit("expected " + description + ", found " + kind);
    }
}
