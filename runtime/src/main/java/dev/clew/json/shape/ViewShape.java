package dev.clew.json.shape;

import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.core.JsonParser;

/** Reads what another shape reads, and gives a view of it. */
final class ViewShape extends Shape {
    private final Shape shape;
    private final UnaryOperator<Object> view;

    ViewShape(Shape shape, UnaryOperator<Object> view) {
        super(shape.type());
        this.shape = shape;
        this.view = view;
    }

    @Override
    protected Collection<Supplier<Shape>> parts() {
        return List.of(() -> shape);
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return shape.schema(schemas);
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        shape.writeValue(value, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        return view.apply(shape.readValue(in));
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return shape.isEmpty(value, sink, depth);
    }
}
