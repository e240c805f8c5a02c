package dev.clew.json;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A decimal with its scale: {@code 1.10} stays {@code 1.10}, and differs from {@code 1.1}. */
final class BigDecimalShape extends Shape {
    /** Leaves room for sign, point and exponent. */
    private static final int MAX_PRECISION = Limits.MAX_NUMBER - 20;

    BigDecimalShape() {
        super(BigDecimal.class);
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return Schemas.type("number");
    }

    @Override
    void writeValue(Object value, Sink sink) {
        BigDecimal number = (BigDecimal) value;
        if (number.precision() > MAX_PRECISION) {
            throw new Misfit("a decimal with more digits than the limit of " + MAX_PRECISION);
        }
        sink.gen().writeNumber(number.toString());
    }

    @Override
    Object readValue(JsonParser in) {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_FLOAT && in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw unexpected(in, "a number");
        }
        try {
            return new BigDecimal(in.getString());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new Misfit("a number outside the range of BigDecimal");
        }
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((BigDecimal) value).signum() == 0;
    }
}
