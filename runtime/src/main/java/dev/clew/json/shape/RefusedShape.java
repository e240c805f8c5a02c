package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import java.util.Map;
import tools.jackson.core.JsonParser;

/** A type that has no stored form, in either direction. */
public final class RefusedShape extends Shape {
    private final String reason;

    public RefusedShape(Class<?> type, String reason) {
        super(type);
        this.reason = reason;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        if (type() == Void.class) {
            return Schemas.type("null");
        }
        throw new Misfit(reason);
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        throw new Misfit(reason);
    }

    @Override
    public Object readValue(JsonParser in) {
        throw new Misfit(reason);
    }
}
