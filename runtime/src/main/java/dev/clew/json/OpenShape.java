package dev.clew.json;

import java.util.Map;
import tools.jackson.core.JsonParser;

/** An interface or abstract class that is not sealed: nothing says which class to read, so nothing is written. */
final class OpenShape extends Shape {
    private final Shapes shapes;

    OpenShape(Class<?> type, Shapes shapes) {
        super(type);
        this.shapes = shapes;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        throw unreadable();
    }

    @Override
    void writeValue(Object value, Sink sink) {
        if (sink.form() == Form.STORED || sink.form() == Form.CHECKED) {
            throw unreadable();
        }
        shapes.ofClass(value.getClass()).writeValue(value, sink);
    }

    @Override
    Object readValue(JsonParser in) {
        throw unreadable();
    }

    private Misfit unreadable() {
        String advice = Refusals.isPlatform(type()) || !Advice.isSpecial(type())
                ? "declare a record, a sealed type or a concrete class"
                : Advice.on(type());
        return new Misfit(type().getName() + " is an open type: nothing says which class to read; " + advice);
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return shapes.ofClass(value.getClass()).isEmpty(value, sink, depth);
    }
}
