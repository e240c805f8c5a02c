package dev.clew.json;

import java.math.BigInteger;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A whole number of any size up to the limit for digits. */
final class BigIntegerShape extends Shape {
    /** Bits that surely fit into the digits we read back. */
    private static final int MAX_BITS = (int) ((Limits.MAX_NUMBER - 2) * 3.32);

    BigIntegerShape() {
        super(BigInteger.class);
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return Schemas.type("integer");
    }

    @Override
    void writeValue(Object value, Sink sink) {
        BigInteger number = (BigInteger) value;
        if (number.bitLength() > MAX_BITS) {
            throw new Misfit("an integer with more digits than the limit of " + Limits.MAX_NUMBER);
        }
        sink.gen().writeNumber(number);
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.VALUE_NUMBER_INT, in, "an integer");
        return in.getBigIntegerValue();
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((BigInteger) value).signum() == 0;
    }
}
