package dev.clew.json.shape;

import static dev.clew.json.form.Schemas.type;
import static dev.clew.json.form.Schemas.with;

import dev.clew.json.form.Limits;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shape.Text;
import dev.clew.json.form.Texts;
import dev.clew.json.shape.ScalarShape.Json;
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
import java.util.function.Predicate;
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
        whole(int.class, Integer.class, Integer.MAX_VALUE, value -> (int) value, Integer::valueOf, "");
        whole(long.class, Long.class, Long.MAX_VALUE, value -> value, Long::valueOf, "");
        whole(short.class, Short.class, Short.MAX_VALUE, v -> (short) v, Short::valueOf, "from -32768 to 32767");
        whole(byte.class, Byte.class, Byte.MAX_VALUE, value -> (byte) value, Byte::valueOf, "from -128 to 127");
        floating(double.class, Double.class, 0d, Scalars::text, Double::valueOf);
        floating(float.class, Float.class, 0f, value -> NumberOutput.toString(value, true), Float::valueOf);
        bigInteger();
        bigDecimal();
        bool();
        character();
        bytes();
        text(String.class, "", text -> text, "");
        text(UUID.class, "uuid", UUID::fromString, "");
        text(URI.class, "", URI::create, "");
        text(Currency.class, "", Currency::getInstance, "a currency code such as EUR");
        text(Instant.class, "date-time", Instant::parse, "such as 2031-01-31T10:15:30Z");
        text(LocalDate.class, "date", LocalDate::parse, "such as 2031-01-31");
        text(LocalTime.class, "", LocalTime::parse, "a time such as 10:15:30");
        text(LocalDateTime.class, "", LocalDateTime::parse, "a date and time such as 2031-01-31T10:15:30");
        text(OffsetDateTime.class, "", OffsetDateTime::parse, "such as 2031-01-31T10:15:30+01:00");
        text(OffsetTime.class, "", OffsetTime::parse, "a time such as 10:15:30+01:00");
        text(MonthDay.class, "", MonthDay::parse, "a month and day such as --12-31");
        text(Duration.class, "", Duration::parse, "an ISO-8601 duration such as PT1H30M");
        text(Period.class, "", Period::parse, "an ISO-8601 period such as P1Y2M3D");
        text(ZoneId.class, "", ZoneId::of, "a time zone such as Europe/Paris");
        text(ZoneOffset.class, "", ZoneOffset::of, "a time offset such as +01:00");
        verified(Year.class, Object::toString, text -> Year.of(Integer.parseInt(text)), "a year such as 2031");
        verified(YearMonth.class, Object::toString, YearMonth::parse, "a month such as 2031-01");
        verified(
                ZonedDateTime.class,
                Object::toString,
                ZonedDateTime::parse,
                "a date and time such as 2031-01-31T10:15:30+01:00[Europe/Paris]");
        verified(Locale.class, Locale::toLanguageTag, Locale::forLanguageTag, "a language tag such as en-GB");
    }

    private Scalars() {}

    /** The shape of a type, else null. */
    public static @Nullable Shape of(Class<?> type) {
        Shape shape = SHAPES.get(type);
        return shape == null && ZoneId.class.isAssignableFrom(type) ? SHAPES.get(ZoneId.class) : shape;
    }

    /** The shortest text of a double, the same on every JDK: a digest must survive an upgrade. */
    public static String text(double value) {
        return NumberOutput.toString(value, true);
    }

    /** A whole number of one box type; a number with a fraction, or one that does not fit, is refused. */
    private static <T extends Number> void whole(
            Class<?> primitive,
            Class<T> box,
            long max,
            LongFunction<T> narrow,
            Function<String, T> parse,
            String words) {
        Map<String, Object> schema = type("integer");
        if (max < Long.MAX_VALUE) {
            schema.put("minimum", -max - 1);
            schema.put("maximum", max);
        }
        Json<T> json = new Json<>(
                (value, sink) -> sink.gen().writeNumber(value.longValue()),
                in -> narrow.apply(whole(in, max, box)),
                value -> value.longValue() == 0);
        both(primitive, narrow.apply(0), add(box, schema, words, key(box, Object::toString, parse), json));
    }

    private static long whole(JsonParser in, long max, Class<?> box) {
        Shape.expect(JsonToken.VALUE_NUMBER_INT, in, "an integer");
        boolean isLong = in.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        long value = isLong ? in.getLongValue() : 0;
        if (!isLong || value > max || value < -max - 1) {
            throw outOfRange("an integer", box);
        }
        return value;
    }

    /** A {@code double} or {@code float}; NaN and the infinities are written as text. */
    private static <T extends Number> void floating(
            Class<?> primitive, Class<T> box, T zero, Function<T, String> format, Function<String, T> parse) {
        Map<String, Object> schema = with("anyOf", List.of(type("number"), with("enum", NOT_FINITE)));
        Json<T> json = new Json<>(
                (value, sink) -> {
                    if (Double.isFinite(value.doubleValue())) {
                        sink.gen().writeNumber(format.apply(value));
                    } else {
                        sink.gen().writeString(format.apply(value));
                    }
                },
                in -> floating(in, parse, box),
                value -> value.doubleValue() == 0);
        both(primitive, zero, add(box, schema, "", key(box, format, parse), json));
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
    private static void bigInteger() {
        Json<BigInteger> json = new Json<>(
                (value, sink) -> {
                    limit(value.bitLength() <= MAX_BITS, "an integer", Limits.MAX_NUMBER);
                    sink.gen().writeNumber(value);
                },
                in -> Shape.expect(JsonToken.VALUE_NUMBER_INT, in, "an integer").getBigIntegerValue(),
                value -> value.signum() == 0);
        Text<BigInteger> key = key(BigInteger.class, Object::toString, BigInteger::new);
        add(BigInteger.class, type("integer"), "", key, json);
    }

    /** A decimal with its scale: {@code 1.10} stays {@code 1.10}, and differs from {@code 1.1}. */
    private static void bigDecimal() {
        Json<BigDecimal> json = new Json<>(
                (value, sink) -> {
                    limit(value.precision() <= MAX_PRECISION, "a decimal", MAX_PRECISION);
                    sink.gen().writeNumber(value.toString());
                },
                in -> {
                    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                        Shape.expect(JsonToken.VALUE_NUMBER_FLOAT, in, "a number");
                    }
                    return decimal(in.getString());
                },
                value -> value.signum() == 0);
        Text<BigDecimal> key = key(BigDecimal.class, Object::toString, BigDecimal::new);
        add(BigDecimal.class, type("number"), "", key, json);
    }

    static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (ArithmeticException | NumberFormatException e) {
            throw outOfRange("a number", BigDecimal.class);
        }
    }

    private static void limit(boolean kept, String what, int digits) {
        if (!kept) {
            throw new Misfit(what + " with more digits than the limit of " + digits);
        }
    }

    private static Misfit outOfRange(String what, Class<?> type) {
        return new Misfit(what + " outside the range of " + type.getSimpleName());
    }

    /** True or false, never a number or a text that means it. */
    private static void bool() {
        Json<Boolean> json = new Json<>(
                (value, sink) -> sink.gen().writeBoolean(value),
                in -> {
                    if (in.currentToken() != JsonToken.VALUE_TRUE) {
                        Shape.expect(JsonToken.VALUE_FALSE, in, "a boolean");
                    }
                    return in.getBooleanValue();
                },
                value -> !value);
        Text<Boolean> key = key(Boolean.class, Object::toString, text -> {
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        });
        both(boolean.class, false, add(Boolean.class, type("boolean"), "", key, json));
    }

    private static void character() {
        Map<String, Object> schema = with("maxLength", 1, with("minLength", 1, type("string")));
        Text<Character> text = text(Character.class, Object::toString, string -> {
            require(string.length() == 1);
            return string.charAt(0);
        });
        Json<Character> json = json(text, value -> value == 0);
        both(char.class, (char) 0, add(Character.class, schema, "one character", text, json));
    }

    /** Bytes as Base64 text. */
    private static void bytes() {
        Json<byte[]> json = new Json<>(
                (value, sink) -> sink.gen().writeBinary(value),
                in -> Shape.expect(JsonToken.VALUE_STRING, in, "Base64 text").getBinaryValue(),
                value -> value.length == 0);
        add(byte[].class, with("contentEncoding", "base64", type("string")), "Base64", null, json);
    }

    /** @param format the format that JSON Schema has a name for and means all texts of; times without seconds have none */
    private static <T> void text(Class<T> type, String format, Function<String, T> parse, String words) {
        Map<String, Object> schema = type("string");
        if (!format.isEmpty()) {
            schema.put("format", format);
        }
        Text<T> text = text(type, Object::toString, parse);
        add(type, schema, words, text, json(text, value -> value.equals("")));
    }

    private static <T> void verified(
            Class<T> type, Function<? super T, String> format, Function<String, T> parse, String words) {
        Text<T> text = verified(type, format, parse);
        add(type, type("string"), words, text, json(text, value -> false));
    }

    /** A text that says everything. What the parser complains about may quote it, so its words are dropped. */
    static <T> Text<T> text(Class<T> type, Function<? super T, String> format, Function<String, ? extends T> parse) {
        return new Text<>(format, string -> {
            try {
                return parse.apply(string);
            } catch (RuntimeException e) {
                throw new Misfit("a text that is not a " + type.getName());
            }
        });
    }

    /** A text that reads as another value for some values: those are refused when written. */
    static <T> Text<T> verified(Class<T> type, Function<? super T, String> format, Function<String, T> parse) {
        Text<T> text = text(type, format, parse);
        return text(
                type,
                value -> {
                    String string = format.apply(value);
                    if (!text.parse().apply(string).equals(value)) {
                        throw new Misfit("a " + type.getName() + " whose text does not read as the same value");
                    }
                    return string;
                },
                parse);
    }

    static <T> Json<T> json(Text<T> text, Predicate<T> isEmpty) {
        return new Json<>(
                (value, sink) -> Texts.write(text.format().apply(value), sink.gen()),
                in -> text.parse().apply(ScalarShape.string(in, "text")),
                isEmpty);
    }

    /** A number or boolean as the key of a map. */
    private static <T> Text<T> key(Class<T> type, Function<? super T, String> format, Function<String, T> parse) {
        return new Text<>(format, text -> {
            limit(text.length() <= Limits.MAX_NUMBER, "a key", Limits.MAX_NUMBER);
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new Misfit("a key that is not a " + type.getSimpleName());
            }
        });
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }

    private static <T> void both(Class<?> primitive, T zero, ScalarShape<T> shape) {
        SHAPES.put(primitive, shape.primitive(zero));
    }

    private static <T> ScalarShape<T> add(
            Class<T> type, Map<String, Object> schema, String words, @Nullable Text<T> key, Json<T> json) {
        ScalarShape<T> shape = new ScalarShape<>(type, schema, words, key, json);
        SHAPES.put(type, shape);
        return shape;
    }
}
