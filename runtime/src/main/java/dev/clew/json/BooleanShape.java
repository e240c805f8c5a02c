package dev.clew.json;

import java.util.Map;
import tools.jackson.core.JsonParser;

/** True or false, never a number or a text that means it. */
final class BooleanShape extends Shape {
    BooleanShape() {
        super(Boolean.class);
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return Schemas.type("boolean");
    }

    @Override
    void writeValue(Object value, Sink sink) {
        sink.gen().writeBoolean((Boolean) value);
    }

    @Override
    Object readValue(JsonParser in) {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw unexpected(in, "a boolean");
        };
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return !(Boolean) value;
    }
}
