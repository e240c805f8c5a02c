package dev.clew.json;

import java.math.BigInteger;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A whole number of one box type; a number with a fraction, or one that does not fit, is refused. */
final class IntegralShape extends Shape {
    /** Makes the box of a whole number, or throws {@link ArithmeticException} where it does not fit. */
    interface Narrowing {
        Number of(long value);
    }

    private final Narrowing narrowing;

    IntegralShape(Class<? extends Number> type, Narrowing narrowing) {
        super(type);
        this.narrowing = narrowing;
    }

    static byte toByte(long value) {
        return (byte) inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    static short toShort(long value) {
        return (short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        Map<String, Object> schema = Schemas.type("integer");
        if (type() != Long.class) {
            int bits = type() == Integer.class ? Integer.SIZE : type() == Short.class ? Short.SIZE : Byte.SIZE;
            schema.put("minimum", -1L << (bits - 1));
            schema.put("maximum", (1L << (bits - 1)) - 1);
        }
        return schema;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        sink.gen().writeNumber(((Number) value).longValue());
    }

    @Override
    Number readValue(JsonParser in) {
        expect(JsonToken.VALUE_NUMBER_INT, in, "an integer");
        try {
            return narrowing.of(toLong(in));
        } catch (ArithmeticException e) {
            throw new Misfit("an integer outside the range of " + type().getSimpleName());
        }
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((Number) value).longValue() == 0;
    }

    private static long toLong(JsonParser in) {
        return switch (in.getNumberType()) {
            case INT -> in.getIntValue();
            case LONG -> in.getLongValue();
            default -> exactly(in.getBigIntegerValue());
        };
    }

    private static long exactly(BigInteger value) {
        return value.longValueExact();
    }

    private static long inRange(long value, long min, long max) {
        if (value < min || value > max) {
            throw new ArithmeticException();
        }
        return value;
    }
}
