package dev.clew.json;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** The number of an {@link OptionalInt}, {@link OptionalLong} or {@link OptionalDouble}, or null for none. */
final class NumericOptionalShape<O> extends Shape {
    private final Shape number;
    private final O empty;
    private final Function<Number, O> present;
    private final Function<O, @Nullable Number> content;

    private NumericOptionalShape(
            Shape number, O empty, Function<Number, O> present, Function<O, @Nullable Number> content) {
        super(empty.getClass());
        this.number = number;
        this.empty = empty;
        this.present = present;
        this.content = content;
    }

    /** The shape of one of the three classes, else null. */
    static @Nullable Shape of(Class<?> type, Function<Class<?>, Shape> numbers) {
        if (type == OptionalInt.class) {
            return new NumericOptionalShape<>(
                    numbers.apply(Integer.class),
                    OptionalInt.empty(),
                    n -> OptionalInt.of(n.intValue()),
                    o -> o.isPresent() ? o.getAsInt() : null);
        }
        if (type == OptionalLong.class) {
            return new NumericOptionalShape<>(
                    numbers.apply(Long.class),
                    OptionalLong.empty(),
                    n -> OptionalLong.of(n.longValue()),
                    o -> o.isPresent() ? o.getAsLong() : null);
        }
        if (type == OptionalDouble.class) {
            return new NumericOptionalShape<>(
                    numbers.apply(Double.class),
                    OptionalDouble.empty(),
                    n -> OptionalDouble.of(n.doubleValue()),
                    o -> o.isPresent() ? o.getAsDouble() : null);
        }
        return null;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return schemas.nullable(number);
    }

    /** Its schema has null in it already. */
    @Override
    boolean isNullable() {
        return false;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        number.write(content(value), sink);
    }

    @Override
    Object readValue(JsonParser in) {
        return present.apply((Number) number.readValue(in));
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return content(value) == null;
    }

    @Override
    void writeNull(Sink sink) {
        throw new Misfit("null where " + type().getName() + " is declared; use " + type().getSimpleName() + ".empty()");
    }

    @Override
    Object ofNull() {
        return empty;
    }

    @Override
    Object ofAbsent() {
        return empty;
    }

    @SuppressWarnings("unchecked") // the caller has checked the class
    private @Nullable Number content(Object value) {
        return content.apply((O) value);
    }
}
