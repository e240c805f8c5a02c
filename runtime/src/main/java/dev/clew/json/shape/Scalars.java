package dev.clew.json.shape;

import static dev.clew.json.form.Schemas.type;
import static dev.clew.json.form.Schemas.with;

import dev.clew.json.form.Limits;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import dev.clew.json.shape.ScalarShape.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.NumberOutput;

/** The types whose stored form is fixed: one number, boolean or text each. */
public final class Scalars {
    /** Leaves room for sign, point and exponent. */
    private static final int MAX_PRECISION = Limits.MAX_NUMBER - 20;

    /** Bits that surely fit into the digits we read back. */
    private static final int MAX_BITS = (int) ((Limits.MAX_NUMBER - 2) * 3.32);

    /** What JSON has no number for is written as text. */
    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");

    private static final Map<Class<?>, ScalarShape<?>> SHAPES = new HashMap<>();

    static {
        whole(Integer.class, int.class, Integer.SIZE, value -> (int) value, Integer::valueOf);
        whole(Long.class, long.class, Long.SIZE, value -> value, Long::valueOf);
        whole(Short.class, short.class, Short.SIZE, value -> (short) value, Short::valueOf);
        whole(Byte.class, byte.class, Byte.SIZE, value -> (byte) value, Byte::valueOf);
        floating(Double.class, double.class, 0d, Scalars::text, Double::valueOf);
        floating(Float.class, float.class, 0f, value -> NumberOutput.toString(value, true), Float::valueOf);
        add(bigInteger());
        add(bigDecimal());
        add(bytes());
        both(boolean.class, false, Scalars::bool);
        Text<Character> letter = TextShape.text(Character.class, Object::toString, Scalars::character);
        Map<String, Object> one = with("maxLength", 1, with("minLength", 1, type("string")));
        both(char.class, (char) 0, zero -> new TextShape<>(Character.class, one, letter, Object::toString, zero));
        text(String.class, text -> text);
        text(UUID.class, "uuid", UUID::fromString);
        text(URI.class, URI::create);
        text(Currency.class, Currency::getInstance);
        text(Instant.class, "date-time", Instant::parse);
        text(LocalDate.class, "date", LocalDate::parse);
        text(LocalTime.class, LocalTime::parse);
        text(LocalDateTime.class, LocalDateTime::parse);
        text(OffsetDateTime.class, OffsetDateTime::parse);
        text(OffsetTime.class, OffsetTime::parse);
        text(MonthDay.class, MonthDay::parse);
        text(Duration.class, Duration::parse);
        text(Period.class, Period::parse);
        text(ZoneId.class, ZoneId::of);
        text(ZoneOffset.class, ZoneOffset::of);
        verified(Year.class, Object::toString, text -> Year.of(Integer.parseInt(text)));
        verified(YearMonth.class, Object::toString, YearMonth::parse);
        verified(ZonedDateTime.class, Object::toString, ZonedDateTime::parse);
        verified(Locale.class, Locale::toLanguageTag, Locale::forLanguageTag);
    }

    private Scalars() {}

    /** The shape of a type, else null. */
    public static @Nullable Shape of(Class<?> type) {
        return scalar(type);
    }

    static @Nullable ScalarShape<?> scalar(Class<?> type) {
        ScalarShape<?> shape = SHAPES.get(type);
        return shape == null && ZoneId.class.isAssignableFrom(type) ? SHAPES.get(ZoneId.class) : shape;
    }

    /** The shortest text of a double, the same on every JDK: a digest must survive an upgrade. */
    public static String text(double value) {
        return NumberOutput.toString(value, true);
    }

    /** A whole number of one box type; a number with a fraction, or one that does not fit, is refused. */
    private static <T extends Number> void whole(
            Class<T> box, Class<?> primitive, int bits, LongFunction<T> narrow, Function<String, T> parse) {
        long max = -1L >>> (Long.SIZE - bits + 1);
        Map<String, Object> schema = type("integer");
        if (bits < Long.SIZE) {
            schema.put("minimum", -max - 1);
            schema.put("maximum", max);
        }
        Text<T> key = key(box, Object::toString, parse);
        both(primitive, narrow.apply(0), zero -> new ScalarShape<>(box, schema, key, zero) {
            @Override
            public void writeValue(Object value, Sink sink) {
                sink.gen().writeNumber(((Number) value).longValue());
            }

            @Override
            public Object readValue(JsonParser in) {
                return narrow.apply(whole(in, max, box));
            }

            @Override
            public boolean isEmpty(Object value, Sink sink, int depth) {
                return ((Number) value).longValue() == 0;
            }
        });
    }

    private static long whole(JsonParser in, long max, Class<?> box) {
        Shape.expect(JsonToken.VALUE_NUMBER_INT, in, "an integer");
        long value = switch (in.getNumberType()) {
            case INT -> in.getIntValue();
            case LONG -> in.getLongValue();
            default -> exact(in.getBigIntegerValue(), box);
        };
        if (value > max || value < -max - 1) {
            throw outOfRange("an integer", box);
        }
        return value;
    }

    private static long exact(BigInteger value, Class<?> box) {
        if (value.bitLength() >= Long.SIZE) {
            throw outOfRange("an integer", box);
        }
        return value.longValue();
    }

    /** A {@code double} or {@code float}; NaN and the infinities are written as text. */
    private static <T extends Number> void floating(
            Class<T> box, Class<?> primitive, T zero, Function<T, String> format, Function<String, T> parse) {
        Map<String, Object> schema = with("anyOf", List.of(type("number"), with("enum", NOT_FINITE)));
        Text<T> key = key(box, format, parse);
        both(primitive, zero, absent -> new ScalarShape<>(box, schema, key, absent) {
            @Override
            public void writeValue(Object value, Sink sink) {
                String text = format.apply(box.cast(value));
                if (Double.isFinite(((Number) value).doubleValue())) {
                    sink.gen().writeNumber(text);
                } else {
                    sink.gen().writeString(text);
                }
            }

            @Override
            public Object readValue(JsonParser in) {
                return floating(in, parse, box);
            }

            @Override
            public boolean isEmpty(Object value, Sink sink, int depth) {
                return ((Number) value).doubleValue() == 0;
            }
        });
    }

    /** An integer is read if it is exact: a large id that became a double in the code is not rounded silently. */
    private static <T extends Number> T floating(JsonParser in, Function<String, T> parse, Class<T> box) {
        JsonToken token = in.currentToken();
        boolean whole = token == JsonToken.VALUE_NUMBER_INT;
        boolean special = token == JsonToken.VALUE_STRING && NOT_FINITE.contains(in.getString());
        if (!whole && !special && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw Shape.unexpected(in, "a number");
        }
        String text = in.getString();
        T value = parse.apply(text);
        if (!special && !Double.isFinite(value.doubleValue())) {
            throw outOfRange("a number", box);
        }
        if (whole && text.length() > 7 && new BigDecimal(value.doubleValue()).compareTo(new BigDecimal(text)) != 0) {
            throw new Misfit("an integer that " + box.getSimpleName() + " cannot hold exactly");
        }
        return value;
    }

    /** A whole number of any size up to the limit for digits. */
    private static ScalarShape<BigInteger> bigInteger() {
        Text<BigInteger> key = key(BigInteger.class, Object::toString, BigInteger::new);
        return new ScalarShape<>(BigInteger.class, type("integer"), key, null) {
            @Override
            public void writeValue(Object value, Sink sink) {
                if (((BigInteger) value).bitLength() > MAX_BITS) {
                    throw new Misfit("an integer with more digits than the limit of " + Limits.MAX_NUMBER);
                }
                sink.gen().writeNumber((BigInteger) value);
            }

            @Override
            public Object readValue(JsonParser in) {
                expect(JsonToken.VALUE_NUMBER_INT, in, "an integer");
                return in.getBigIntegerValue();
            }

            @Override
            public boolean isEmpty(Object value, Sink sink, int depth) {
                return ((BigInteger) value).signum() == 0;
            }
        };
    }

    /** A decimal with its scale: {@code 1.10} stays {@code 1.10}, and differs from {@code 1.1}. */
    private static ScalarShape<BigDecimal> bigDecimal() {
        Text<BigDecimal> key = key(BigDecimal.class, Object::toString, BigDecimal::new);
        return new ScalarShape<>(BigDecimal.class, type("number"), key, null) {
            @Override
            public void writeValue(Object value, Sink sink) {
                if (((BigDecimal) value).precision() > MAX_PRECISION) {
                    throw new Misfit("a decimal with more digits than the limit of " + MAX_PRECISION);
                }
                sink.gen().writeNumber(value.toString());
            }

            @Override
            public Object readValue(JsonParser in) {
                if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                    expect(JsonToken.VALUE_NUMBER_FLOAT, in, "a number");
                }
                return decimal(in.getString());
            }

            @Override
            public boolean isEmpty(Object value, Sink sink, int depth) {
                return ((BigDecimal) value).signum() == 0;
            }
        };
    }

    static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (ArithmeticException | NumberFormatException e) {
            throw outOfRange("a number", BigDecimal.class);
        }
    }

    /** Bytes as Base64 text. */
    private static ScalarShape<byte[]> bytes() {
        return new ScalarShape<>(byte[].class, with("contentEncoding", "base64", type("string")), null, null) {
            @Override
            public void writeValue(Object value, Sink sink) {
                sink.gen().writeBinary((byte[]) value);
            }

            @Override
            public Object readValue(JsonParser in) {
                expect(JsonToken.VALUE_STRING, in, "Base64 text");
                return in.getBinaryValue();
            }

            @Override
            public boolean isEmpty(Object value, Sink sink, int depth) {
                return ((byte[]) value).length == 0;
            }
        };
    }

    /** True or false, never a number or a text that means it. */
    private static ScalarShape<Boolean> bool(@Nullable Boolean zero) {
        Text<Boolean> key = key(Boolean.class, Object::toString, Scalars::parsed);
        return new ScalarShape<>(Boolean.class, type("boolean"), key, zero) {
            @Override
            public void writeValue(Object value, Sink sink) {
                sink.gen().writeBoolean((Boolean) value);
            }

            @Override
            public Object readValue(JsonParser in) {
                if (in.currentToken() != JsonToken.VALUE_TRUE) {
                    expect(JsonToken.VALUE_FALSE, in, "a boolean");
                }
                return in.getBooleanValue();
            }

            @Override
            public boolean isEmpty(Object value, Sink sink, int depth) {
                return !(Boolean) value;
            }
        };
    }

    private static Boolean parsed(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException();
        }
        return text.equals("true");
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException();
        }
        return text.charAt(0);
    }

    private static Misfit outOfRange(String what, Class<?> type) {
        return new Misfit(what + " outside the range of " + type.getSimpleName());
    }

    /** A number or boolean as the key of a map. */
    private static <T> Text<T> key(Class<T> type, Function<? super T, String> format, Function<String, T> parse) {
        return new Text<>(format, text -> {
            if (text.length() > Limits.MAX_NUMBER) {
                throw new Misfit("a key with more digits than the limit of " + Limits.MAX_NUMBER);
            }
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new Misfit("a key that is not a " + type.getSimpleName());
            }
        });
    }

    private static <T> void text(Class<T> type, Function<String, T> parse) {
        text(type, type("string"), parse);
    }

    /** @param format the format that JSON Schema has a name for and means all texts of; times without seconds have none */
    private static <T> void text(Class<T> type, String format, Function<String, T> parse) {
        text(type, with("format", format, type("string")), parse);
    }

    private static <T> void text(Class<T> type, Map<String, Object> schema, Function<String, T> parse) {
        add(new TextShape<>(type, schema, TextShape.text(type, Object::toString, parse), Object::toString, null));
    }

    private static <T> void verified(Class<T> type, Function<T, String> format, Function<String, T> parse) {
        add(new TextShape<>(type, type("string"), TextShape.verified(type, format, parse), format, null));
    }

    /** A class and its primitive. */
    private static <T> void both(Class<?> primitive, T zero, Function<@Nullable T, ScalarShape<T>> shape) {
        add(shape.apply(null));
        SHAPES.put(primitive, shape.apply(zero));
    }

    private static void add(ScalarShape<?> shape) {
        SHAPES.put(shape.type(), shape);
    }
}
