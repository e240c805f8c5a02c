package dev.clew.json.message;

import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A list of messages, where one message or a text alone is read as a list of it. */
final class OneOrManyShape extends Shape {
    private final Shape many;
    private final Supplier<Shape> one;
    private final Shapes shapes;

    OneOrManyShape(Shape many, Supplier<Shape> one, Shapes shapes) {
        super(many.type(), List.of(one));
        this.many = many;
        this.one = one;
        this.shapes = shapes;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return many.schema(schemas);
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        many.writeValue(value, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        if (in.currentToken() == JsonToken.START_ARRAY) {
            return many.readValue(in);
        }
        List<@Nullable Object> alone = new ArrayList<>(1);
        alone.add(one.get().read(in));
        return shapes.isUnmodifiable() ? Collections.unmodifiableList(alone) : alone;
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return many.isEmpty(value, sink, depth);
    }

    @Override
    public @Nullable Object ofAbsent() {
        return many.ofAbsent();
    }
}
