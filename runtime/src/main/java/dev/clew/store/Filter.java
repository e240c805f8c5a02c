package dev.clew.store;

import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a document for a search to find it. It means the same in every store:
 *
 * <ul>
 *   <li>A value is compared in its stored form, so an enum, a date or a record may be given as such.
 *   <li>Numbers are compared as numbers: {@code 1} equals {@code 1.0}. Text is never a number.
 *   <li>A missing member equals null. Neither is false, zero or empty, and neither is before or after anything.
 *   <li>Lists are equal element by element, maps member by member.
 *   <li>Order is defined between two numbers, and between two texts (by code points); in all other cases {@code gt},
 *       {@code gte}, {@code lt} and {@code lte} do not hold. Moments are stored as text, which orders them only if all
 *       are written with the same number of digits.
 *   <li>{@code ne} holds exactly where {@code eq} does not.
 * </ul>
 *
 * <p>Immutable. A path or a value is data, never part of a query's text.
 *
 * <pre>{@code
 * Filter.and(Filter.eq("author.name", "Ann"), Filter.gte("stars", 4))
 * }</pre>
 */
public sealed interface Filter {
    /** Holds of every document. */
    static Filter any() {
        return new All(List.of());
    }

    /** Holds where each of these holds. */
    static Filter and(Filter... filters) {
        return new All(List.of(filters));
    }

    /** The member equals the value. */
    static Filter eq(String path, @Nullable Object value) {
        return eq(FieldPath.parse(path), value);
    }

    /** The member equals the value. */
    static Filter eq(FieldPath path, @Nullable Object value) {
        return new Comparison(path, Operator.EQ, value);
    }

    /** The member does not equal the value. */
    static Filter ne(String path, @Nullable Object value) {
        return new Comparison(FieldPath.parse(path), Operator.NE, value);
    }

    /** The member is greater than the value. */
    static Filter gt(String path, Object value) {
        return new Comparison(FieldPath.parse(path), Operator.GT, value);
    }

    /** The member is greater than the value, or equal to it. */
    static Filter gte(String path, Object value) {
        return new Comparison(FieldPath.parse(path), Operator.GTE, value);
    }

    /** The member is less than the value. */
    static Filter lt(String path, Object value) {
        return new Comparison(FieldPath.parse(path), Operator.LT, value);
    }

    /** The member is less than the value, or equal to it. */
    static Filter lte(String path, Object value) {
        return new Comparison(FieldPath.parse(path), Operator.LTE, value);
    }

    /**
     * The filter that plain data describes, for filters that come from outside: by path either a value, which the member
     * equals, or a map of operators {@code $eq $ne $gt $gte $lt $lte} to values. All of it must hold.
     *
     * <pre>{@code
     * Filter.of(Map.of("lang", "de", "stars", Map.of("$gte", 3, "$lt", 5)))
     * }</pre>
     *
     * @throws IllegalRequestException if an operator is unknown or stands beside members, or a path is none
     */
    static Filter of(Map<String, ? extends @Nullable Object> description) {
        return FilterMap.read(description);
    }

    /**
     * The test that this filter is, on documents as {@linkplain Codec#decodePlain plain data}; for those who implement a
     * store.
     *
     * @param codec gives the values of the filter their stored form
     * @throws IllegalRequestException if a value has no stored form, or no order where one is asked for
     */
    Predicate<@Nullable Object> test(Codec codec);

    /**
     * The comparisons of which each must hold, for those who implement a {@link FilteringShelf}.
     *
     * @param codec gives the values of the filter their stored form
     * @throws IllegalRequestException as {@link #test}
     */
    List<Condition> conditions(Codec codec);

    /**
     * Holds where each of its filters holds.
     *
     * <pre>{@code
     * new Filter.All(List.of(one, other))
     * }</pre>
     */
    record All(List<Filter> filters) implements Filter {
        public All {
            filters = List.copyOf(filters);
        }

        @Override
        public Predicate<@Nullable Object> test(Codec codec) {
            return filters.stream()
                    .map(filter -> filter.test(codec))
                    .reduce(Predicate::and)
                    .orElse(document -> true);
        }

        @Override
        public List<Condition> conditions(Codec codec) {
            return filters.stream()
                    .flatMap(filter -> filter.conditions(codec).stream())
                    .toList();
        }
    }

    /**
     * Compares one member with a value.
     *
     * <pre>{@code
     * new Filter.Comparison(FieldPath.parse("stars"), Filter.Operator.GTE, 4)
     * }</pre>
     */
    record Comparison(
            FieldPath path, Operator operator, @Nullable Object value) implements Filter {
        public Comparison {
            Objects.requireNonNull(operator, "operator");
            if (!path.isSingle()) {
                throw new IllegalRequestException(
                        "a filter compares one member, but '" + path + "' may lead to several");
            }
        }

        @Override
        public Predicate<@Nullable Object> test(Codec codec) {
            Object stored = stored(codec);
            return document -> operator.holds(path.in(document), stored);
        }

        @Override
        public List<Condition> conditions(Codec codec) {
            return List.of(new Condition(path.plainSteps(), operator, stored(codec)));
        }

        private @Nullable Object stored(Codec codec) {
            Object stored = codec.decodePlain(codec.encode(value, TypeRef.of(Object.class)));
            if (operator.needsOrder && !(stored instanceof Number || stored instanceof String)) {
                throw new IllegalRequestException("a filter asks whether '" + path + "' is " + operator.text
                        + " a value that is neither number nor text; only these have an order");
            }
            return stored;
        }
    }

    /**
     * A comparison whose parts are plain data.
     *
     * <pre>{@code
     * new Filter.Condition(List.of("lines", -1, "text"), Filter.Operator.EQ, "rain")
     * }</pre>
     *
     * @param path from the document to the member, step by step: the name of a member of a map as {@code String}, or the position of
     *     an element of a list as {@code Integer}, counted from the end if it is negative. A step into anything else leads to null
     * @param value as plain data
     */
    record Condition(
            List<Object> path, Operator operator, @Nullable Object value) {
        public Condition {
            path = List.copyOf(path);
        }
    }

    /**
     * How a member is compared.
     *
     * <pre>{@code
     * Filter.Operator.GTE
     * }</pre>
     */
    enum Operator {
        /** Equal. */
        EQ("$eq", false),
        /** Not equal. */
        NE("$ne", false),
        /** Greater than. */
        GT("$gt", true),
        /** Greater than or equal to. */
        GTE("$gte", true),
        /** Less than. */
        LT("$lt", true),
        /** Less than or equal to. */
        LTE("$lte", true);

        final String text;
        final boolean needsOrder;

        Operator(String text, boolean needsOrder) {
            this.text = text;
            this.needsOrder = needsOrder;
        }

        boolean holds(@Nullable Object member, @Nullable Object value) {
            if (!needsOrder) {
                return PlainData.same(member, value) == (this == EQ);
            }
            var order = PlainData.compare(member, value);
            return order.isPresent() && accepts(order.getAsInt());
        }

        private boolean accepts(int order) {
            return switch (this) {
                case GT -> order > 0;
                case GTE -> order >= 0;
                case LT -> order < 0;
                case LTE -> order <= 0;
                case EQ, NE -> false;
            };
        }
    }
}
