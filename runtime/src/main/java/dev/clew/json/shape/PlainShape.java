package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A value of no declared type: written by its class, read as plain data.
 *
 * <p>Plain data is text, boolean, list, map, null and numbers: a whole number is the first of {@code Integer},
 * {@code Long} and {@code BigInteger} that holds it; a decimal is a {@code Double} if that prints as the very same text,
 * else a {@code BigDecimal}, so no digit is lost.
 */
public final class PlainShape extends Shape {
    private final Shapes shapes;

    public PlainShape(Class<?> type, Shapes shapes) {
        super(type);
        this.shapes = shapes;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return type() == Number.class ? Schemas.type("number") : new LinkedHashMap<>();
    }

    @Override
    protected boolean isOpen(Set<Shape> seen) {
        return true;
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        shapes.ofClass(value.getClass()).writeValue(value, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        Object value = plain(in, shapes.isUnmodifiable());
        if (!type().isInstance(value)) {
            throw new Misfit("expected " + type().getName() + ", found plain data of another kind");
        }
        return value;
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return shapes.ofClass(value.getClass()).isEmpty(value, sink, depth);
    }

    /** Reads plain data at the current token, which is not null. */
    public static Object plain(JsonParser in) {
        return plain(in, false);
    }

    private static Object plain(JsonParser in, boolean unmodifiable) {
        return switch (in.currentToken()) {
            case VALUE_STRING -> in.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(in);
            case VALUE_NUMBER_FLOAT -> decimal(in.getString());
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                readElements(in, list, element -> nullable(element, unmodifiable));
                yield unmodifiable ? Collections.unmodifiableList(list) : list;
            }
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = map(in, unmodifiable);
                yield unmodifiable ? Collections.unmodifiableMap(map) : map;
            }
            default -> throw unexpected(in, "a value");
        };
    }

    private static @Nullable Object nullable(JsonParser in, boolean unmodifiable) {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : plain(in, unmodifiable);
    }

    /** The members that are left of an object; ends at the object's end. */
    static Map<String, @Nullable Object> map(JsonParser in, boolean unmodifiable) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        readEntries(in, map, name -> name, value -> nullable(value, unmodifiable));
        return map;
    }

    private static Number whole(JsonParser in) {
        return switch (in.getNumberType()) {
            case INT -> in.getIntValue();
            case LONG -> in.getLongValue();
            default -> shortest(in.getBigIntegerValue());
        };
    }

    private static Number shortest(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : (Number) value;
    }

    private static Number decimal(String text) {
        double value = Double.parseDouble(text);
        return Scalars.text(value).equals(text) ? (Number) value : (Number) Scalars.decimal(text);
    }
}
