package dev.clew.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.NumberOutput;

/** A {@code double} or {@code float}; what JSON has no number for is written as text: NaN and the infinities. */
final class FloatingShape extends Shape {
    private final boolean isFloat;

    FloatingShape(Class<? extends Number> type) {
        super(type);
        this.isFloat = type == Float.class;
    }

    /** The shortest text of a double, the same on every JDK: a digest must survive an upgrade. */
    static String text(double value) {
        return NumberOutput.toString(value, true);
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        Map<String, Object> special = Schemas.with("enum", List.of("NaN", "Infinity", "-Infinity"));
        return Schemas.with("anyOf", List.of(Schemas.type("number"), special));
    }

    @Override
    void writeValue(Object value, Sink sink) {
        if (value instanceof Float f) {
            write(NumberOutput.toString(f, true), Float.isFinite(f), sink);
        } else {
            double d = (Double) value;
            write(text(d), Double.isFinite(d), sink);
        }
    }

    private static void write(String text, boolean finite, Sink sink) {
        if (finite) {
            sink.gen().writeNumber(text);
        } else {
            sink.gen().writeString(text);
        }
    }

    @Override
    Number readValue(JsonParser in) {
        return switch (in.currentToken()) {
            case VALUE_NUMBER_FLOAT -> finite(parse(in.getString()));
            case VALUE_NUMBER_INT -> whole(in.getString());
            case VALUE_STRING -> special(in);
            default -> throw unexpected(in, "a number");
        };
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((Number) value).doubleValue() == 0;
    }

    private Number parse(String text) {
        return isFloat ? (Number) Float.valueOf(text) : (Number) Double.valueOf(text);
    }

    private Number finite(Number value) {
        if (!Double.isFinite(value.doubleValue())) {
            throw new Misfit("a number outside the range of " + type().getSimpleName());
        }
        return value;
    }

    /** An integer is read where it is exact; a large id that became a double in the code is not rounded silently. */
    private Number whole(String text) {
        Number value = finite(parse(text));
        if (text.length() > 7 && new BigDecimal(value.doubleValue()).compareTo(new BigDecimal(text)) != 0) {
            throw new Misfit("an integer that " + type().getSimpleName() + " cannot hold exactly");
        }
        return value;
    }

    private Number special(JsonParser in) {
        return switch (in.getString()) {
            case "NaN" -> isFloat ? (Number) Float.NaN : (Number) Double.NaN;
            case "Infinity" -> isFloat ? (Number) Float.POSITIVE_INFINITY : (Number) Double.POSITIVE_INFINITY;
            case "-Infinity" -> isFloat ? (Number) Float.NEGATIVE_INFINITY : (Number) Double.NEGATIVE_INFINITY;
            default -> throw unexpected(in, "a number");
        };
    }
}
