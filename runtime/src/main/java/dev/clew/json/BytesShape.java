package dev.clew.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Bytes as Base64 text. */
final class BytesShape extends Shape {
    BytesShape() {
        super(byte[].class);
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
