package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;

/**
 * The value of an {@link Optional} or one of its three numeric sisters, or null for none. A null in place of an Optional
 * could not be told from an empty one, nor an Optional within an Optional, so both are refused when written.
 */
public final class OptionalShape extends Shape {
    private static final Map<Class<?>, Kind<?>> KINDS = Map.of(
            Optional.class,
            new Kind<Optional<?>>(null, Optional.empty(), Optional::of, o -> o.orElse(null)),
            OptionalInt.class,
            new Kind<>(
                    Integer.class,
                    OptionalInt.empty(),
                    n -> OptionalInt.of((Integer) n),
                    o -> o.isPresent() ? o.getAsInt() : null),
            OptionalLong.class,
            new Kind<>(
                    Long.class,
                    OptionalLong.empty(),
                    n -> OptionalLong.of((Long) n),
                    o -> o.isPresent() ? o.getAsLong() : null),
            OptionalDouble.class,
            new Kind<>(
                    Double.class,
                    OptionalDouble.empty(),
                    n -> OptionalDouble.of((Double) n),
                    o -> o.isPresent() ? o.getAsDouble() : null));

    private final Kind<Object> kind;
    private final Supplier<Shape> content;

    /** @param number the class of the content, or null if the type argument says it */
    private record Kind<O>(
            @Nullable Class<?> number, O empty, Function<Object, O> present, Function<O, @Nullable Object> content) {}

    private OptionalShape(Class<?> type, Kind<Object> kind, Supplier<Shape> content) {
        super(type, List.of(content));
        this.kind = kind;
        this.content = content;
    }

    /** The shape of one of the four classes, else null. */
    @SuppressWarnings("unchecked") // the class has this kind
    public static @Nullable Shape of(JavaType type, Shapes shapes) {
        Class<?> raw = type.getRawClass();
        Kind<Object> kind = (Kind<Object>) KINDS.get(raw);
        if (kind == null) {
            return null;
        }
        Class<?> number = kind.number;
        JavaType content = type.containedTypeOrUnknown(0);
        return new OptionalShape(raw, kind, number == null ? shapes.lazy(content) : () -> shapes.of(number));
    }

    /** Whether a class is one of the four. */
    public static boolean isOf(Class<?> type) {
        return KINDS.containsKey(type);
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return schemas.orNull(content.get());
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        Object present = kind.content.apply(value);
        if (present == null) {
            sink.gen().writeNull();
        } else if (present instanceof Optional) {
            throw new Misfit("an Optional within an Optional");
        } else {
            content.get().write(present, sink);
        }
    }

    @Override
    public Object readValue(JsonParser in) {
        Object value = content.get().read(in);
        return value == null ? kind.empty : kind.present.apply(value);
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return kind.content.apply(value) == null;
    }

    @Override
    public void writeNull(Sink sink) {
        String name = type().getSimpleName();
        throw new Misfit("null where an " + name + " is declared; use " + name + ".empty()");
    }

    @Override
    public Object ofAbsent() {
        return kind.empty;
    }
}
