package dev.clew.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What filters mean: how plain data (text, number, boolean, list, map, null) is compared. Numbers are compared as the
 * numbers they are, whatever their Java types; nothing is converted.
 */
final class PlainData {
    private PlainData() {}

    /** Whether both are the same; in maps, a member that is missing is null. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (one instanceof Number a && other instanceof Number b) {
            return compareNumbers(a, b) == 0;
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return contains(a, b) && contains(b, a);
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return sameElements(a, b);
        }
        return one.equals(other);
    }

    private static boolean contains(Map<?, ?> map, Map<?, ?> members) {
        return members.entrySet().stream().allMatch(member -> same(map.get(member.getKey()), member.getValue()));
    }

    private static boolean sameElements(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        return one.stream().allMatch(element -> same(element, others.next()));
    }

    /** Which comes first; empty where the two have no order, as everything but two numbers or two texts. */
    static OptionalInt compare(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return OptionalInt.of(compareNumbers(a, b));
        }
        if (one instanceof String a && other instanceof String b) {
            return OptionalInt.of(CodePoints.compare(a, b));
        }
        return OptionalInt.empty();
    }

    private static int compareNumbers(Number one, Number other) {
        if (isLong(one) && isLong(other)) {
            return Long.compare(one.longValue(), other.longValue());
        }
        if (one instanceof Double a && other instanceof Double b) {
            return a < b ? -1 : a > b ? 1 : 0;
        }
        return decimal(one).compareTo(decimal(other));
    }

    private static boolean isLong(Number number) {
        return number instanceof Integer || number instanceof Long;
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return isLong(number) ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.toString());
    }
}
