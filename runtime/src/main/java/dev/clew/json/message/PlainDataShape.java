package dev.clew.json.message;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import dev.clew.json.shape.PlainShape;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** A type whose values are written as plain data, and read from it. */
final class PlainDataShape<T> extends Shape {
    private final Function<T, Object> writer;
    private final Function<Object, ?> reader;
    private final Function<Schemas, Map<String, Object>> schema;

    PlainDataShape(
            Class<? extends T> type,
            Function<T, Object> writer,
            Function<Object, ?> reader,
            Function<Schemas, Map<String, Object>> schema) {
        super(type);
        this.writer = writer;
        this.reader = reader;
        this.schema = schema;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return schema.apply(schemas);
    }

    @Override
    @SuppressWarnings("unchecked") // a shape is given values of its own type only
    public void writeValue(Object value, Sink sink) {
        Object plain = writer.apply((T) value);
        sink.shapes().ofClass(plain.getClass()).writeValue(plain, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        Object plain = PlainShape.plain(in);
        @Nullable Object value;
        try {
            value = reader.apply(plain);
        } catch (IllegalArgumentException wrong) {
            throw new Misfit(String.valueOf(wrong.getMessage()), wrong);
        }
        if (!type().isInstance(value)) {
            throw new Misfit("expected " + type().getSimpleName() + ", found "
                    + (value == null ? "nothing" : value.getClass().getSimpleName()));
        }
        return value;
    }
}
