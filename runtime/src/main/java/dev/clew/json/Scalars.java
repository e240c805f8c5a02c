package dev.clew.json;

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
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types whose stored form is fixed: one number, boolean or text each. */
final class Scalars {
    private static final Map<Class<?>, Shape> SHAPES = new HashMap<>();

    static {
        number(Integer.class, int.class, Math::toIntExact, 0);
        number(Long.class, long.class, value -> value, 0L);
        number(Short.class, short.class, IntegralShape::toShort, (short) 0);
        number(Byte.class, byte.class, IntegralShape::toByte, (byte) 0);
        boxed(new FloatingShape(Double.class), double.class, 0d);
        boxed(new FloatingShape(Float.class), float.class, 0f);
        boxed(new BooleanShape(), boolean.class, false);
        boxed(TextShape.of(Character.class, Object::toString, Scalars::character), char.class, (char) 0);
        SHAPES.put(BigInteger.class, new BigIntegerShape());
        SHAPES.put(BigDecimal.class, new BigDecimalShape());
        SHAPES.put(byte[].class, new BytesShape());
        text(String.class, text -> text);
        text(UUID.class, UUID::fromString);
        text(URI.class, URI::create);
        text(Currency.class, Currency::getInstance);
        text(Instant.class, Instant::parse);
        text(LocalDate.class, LocalDate::parse);
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

    static @Nullable Shape of(Class<?> type) {
        Shape shape = SHAPES.get(type);
        return shape == null && ZoneId.class.isAssignableFrom(type) ? SHAPES.get(ZoneId.class) : shape;
    }

    private static void number(
            Class<? extends Number> box, Class<?> primitive, IntegralShape.Narrowing narrowing, Number zero) {
        boxed(new IntegralShape(box, narrowing), primitive, zero);
    }

    private static void boxed(Shape shape, Class<?> primitive, Object zero) {
        SHAPES.put(shape.type(), shape);
        SHAPES.put(primitive, new PrimitiveShape(shape, zero));
    }

    private static <T> void text(Class<T> type, Function<String, T> parse) {
        SHAPES.put(type, TextShape.of(type, Object::toString, parse));
    }

    private static <T> void verified(Class<T> type, Function<T, String> format, Function<String, T> parse) {
        SHAPES.put(type, TextShape.verified(type, format, parse));
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException();
        }
        return text.charAt(0);
    }
}
