package dev.clew.json;

import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Bytes as Base64 text. */
final class BytesShape extends Shape {
    BytesShape() {
        super(byte[].class);
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        Map<String, Object> schema = Schemas.type("string");
        schema.put("contentEncoding", "base64");
        return schema;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        sink.gen().writeBinary((byte[]) value);
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.VALUE_STRING, in, "Base64 text");
        return in.getBinaryValue();
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((byte[]) value).length == 0;
    }
}
