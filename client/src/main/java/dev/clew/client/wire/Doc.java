package dev.clew.client.wire;

import dev.clew.json.JsonCodec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that a server sent: null, a text, a number, a boolean, a list or a map. What is not there reads as null.
 *
 * <pre>{@code
 * String runId = Doc.parse(body).text("run_id").orElseThrow();
 * }</pre>
 */
public record Doc(@Nullable Object value) {
    /** What stands for everything that is not there. */
    public static final Doc NOTHING = new Doc(null);

    private static final JsonCodec CODEC = JsonCodec.standard();
    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    /**
     * Reads JSON.
     *
     * @throws dev.clew.value.CodecException if it is none
     */
    public static Doc parse(byte[] json) {
        return new Doc(CODEC.decodePlain(json));
    }

    /** {@link #parse(byte[])} of a text. */
    public static Doc parse(String json) {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Plain data as JSON. */
    public static byte[] write(@Nullable Object plain) {
        return CODEC.encode(plain, ANY);
    }

    /** This value as JSON. */
    public byte[] json() {
        return write(value);
    }

    /** This value as the text of its JSON. */
    public String jsonText() {
        return new String(json(), StandardCharsets.UTF_8);
    }

    /** The member of this name; nothing if this is no object, or has none. */
    public Doc get(String name) {
        return value instanceof Map<?, ?> map ? of(map.get(name)) : NOTHING;
    }

    private static Doc of(@Nullable Object value) {
        return value == null ? NOTHING : new Doc(value);
    }

    public boolean isNull() {
        return value == null;
    }

    public boolean isObject() {
        return value instanceof Map<?, ?>;
    }

    /** Whether this is an object that has such a member, be it null. */
    public boolean has(String name) {
        return value instanceof Map<?, ?> map && map.containsKey(name);
    }

    /** The text that this is; empty if it is none. */
    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The member of this name, if it is a text. */
    public Optional<String> text(String name) {
        return get(name).text();
    }

    /** The member of this name, if it is a whole number; else this number. */
    public int number(String name, int otherwise) {
        return get(name).value() instanceof Number number ? number.intValue() : otherwise;
    }

    /** The moment that the member of this name is; empty if it is none. */
    public Optional<Instant> time(String name) {
        try {
            return text(name).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** The elements of this list; none if it is no list. */
    public List<Doc> items() {
        return value instanceof List<?> list ? list.stream().map(Doc::of).toList() : List.of();
    }

    /** The members of this object in their order; none if it is no object. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
        }
        return members;
    }

    /** This object without a member. */
    public Doc without(String name) {
        Map<String, @Nullable Object> members = members();
        members.remove(name);
        return new Doc(members);
    }

    /** Never the value, which is a payload. */
    @Override
    public String toString() {
        return "Doc[" + (value == null ? "null" : value.getClass().getSimpleName()) + "]";
    }
}
