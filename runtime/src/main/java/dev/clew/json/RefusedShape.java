package dev.clew.json;

import java.util.Map;
import tools.jackson.core.JsonParser;

/** A type that has no stored form, in either direction. */
final class RefusedShape extends Shape {
    private final String reason;

    RefusedShape(Class<?> type, String reason) {
        super(type);
        this.reason = reason;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        if (type() == Void.class) {
            return Schemas.type("null");
        }
        throw new Misfit(reason);
    }

    @Override
    void writeValue(Object value, Sink sink) {
        throw new Misfit(reason);
    }

    @Override
    Object readValue(JsonParser in) {
        throw new Misfit(reason);
    }
}
