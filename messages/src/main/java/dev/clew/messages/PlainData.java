package dev.clew.messages;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data that has no class of its own, as JSON has it: text, booleans, numbers, lists, maps with text keys, and null.
 *
 * <p>The copies made here are unmodifiable, all the way down, and have one form for each value, so that a value equals what is
 * read back of it: a whole number is the first of {@code Integer}, {@code Long} and {@code BigInteger} that holds it; a decimal
 * is a {@code Double} if that has the same digits, else a {@code BigDecimal}.
 *
 * <pre>{@code
 * Map<String, Object> arguments = PlainData.copyOf(Map.of("city", "Rome", "days", 3L));   // days is the Integer 3
 * }</pre>
 */
public final class PlainData {
    private static final int MOST_LEVELS = 500;

    private PlainData() {}

    /**
     * Copies the members of an object, in their order.
     *
     * @throws IllegalArgumentException if something in it is not plain data; the message names its place and class
     */
    public static Map<String, @Nullable Object> copyOf(Map<String, ? extends @Nullable Object> members) {
        return members.isEmpty() ? Map.of() : map(members, "", 0);
    }

    /**
     * Copies any value, which may be null.
     *
     * @throws IllegalArgumentException if something in it is not plain data; the message names its place and class
     */
    public static @Nullable Object copyOf(@Nullable Object value) {
        return copy(value, "", 0);
    }

    private static @Nullable Object copy(@Nullable Object value, String place, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Integer) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number, place);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, place, depth);
        }
        if (value instanceof Collection<?> list) {
            return list(list, place, depth);
        }
        throw new IllegalArgumentException(
                at(place) + "is a " + value.getClass().getName()
                        + ", which is not plain data; use text, booleans, numbers, lists and maps");
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map, String place, int depth) {
        checkDepth(place, depth);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException(at(place) + "has a key that is not text: " + key);
            }
            copy.put(name, copy(value, place.isEmpty() ? name : place + "." + name, depth + 1));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> list(Collection<?> list, String place, int depth) {
        checkDepth(place, depth);
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object value : list) {
            copy.add(copy(value, place + "[" + copy.size() + "]", depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private static void checkDepth(String place, int depth) {
        if (depth >= MOST_LEVELS) {
            throw new IllegalArgumentException(
                    at(place) + "is nested deeper than " + MOST_LEVELS + " levels, or contains itself");
        }
    }

    private static Number number(Number number, String place) {
        if (number instanceof Long || number instanceof Short || number instanceof Byte) {
            return whole(BigInteger.valueOf(number.longValue()));
        }
        if (number instanceof BigInteger whole) {
            return whole(whole);
        }
        if (number instanceof Float || number instanceof Double) {
            return decimal(number, place);
        }
        if (number instanceof BigDecimal decimal) {
            if (decimal.scale() == 0) {
                return whole(decimal.unscaledValue());
            }
            double shorter = decimal.doubleValue();
            return Double.isFinite(shorter) && Double.toString(shorter).equals(decimal.toString())
                    ? (Number) shorter
                    : decimal;
        }
        throw new IllegalArgumentException(
                at(place) + "is a number of class " + number.getClass().getName() + ", which JSON does not have");
    }

    private static Number whole(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    private static Number decimal(Number number, String place) {
        double value = number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(at(place) + "is " + value + ", which JSON does not have");
        }
        return value;
    }

    private static String at(String place) {
        return place.isEmpty() ? "the value " : place + " ";
    }
}
