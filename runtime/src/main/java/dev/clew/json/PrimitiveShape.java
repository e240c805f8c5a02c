package dev.clew.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** A primitive where null has no place: written as its box, absent it is zero or false. */
final class PrimitiveShape extends Shape {
    private final Shape boxed;
    private final Object zero;

    PrimitiveShape(Shape boxed, Object zero) {
        super(boxed.type());
        this.boxed = boxed;
        this.zero = zero;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return boxed.schema(schemas);
    }

    @Override
    boolean isNullable() {
        return false;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        boxed.writeValue(value, sink);
    }

    @Override
    Object readValue(JsonParser in) {
        return boxed.readValue(in);
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return boxed.isEmpty(value, sink, depth);
    }

    @Override
    Object ofNull() {
        throw new Misfit("null where a primitive " + type().getSimpleName() + " is declared");
    }

    @Override
    @Nullable
    Object ofAbsent() {
        return zero;
    }
}
