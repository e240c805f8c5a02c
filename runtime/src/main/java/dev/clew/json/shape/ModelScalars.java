package dev.clew.json.shape;

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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Scalars as they are described to language models: without bounds, which providers refuse, and with a word on texts. */
final class ModelScalars {
    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(Short.class, "from -32768 to 32767"),
            Map.entry(Byte.class, "from -128 to 127"),
            Map.entry(Character.class, "one character"),
            Map.entry(byte[].class, "Base64"),
            Map.entry(Instant.class, "such as 2031-01-31T10:15:30Z"),
            Map.entry(LocalDate.class, "such as 2031-01-31"),
            Map.entry(LocalTime.class, "a time such as 10:15:30"),
            Map.entry(LocalDateTime.class, "a date and time such as 2031-01-31T10:15:30"),
            Map.entry(OffsetDateTime.class, "such as 2031-01-31T10:15:30+01:00"),
            Map.entry(OffsetTime.class, "a time such as 10:15:30+01:00"),
            Map.entry(ZonedDateTime.class, "a date and time such as 2031-01-31T10:15:30+01:00[Europe/Paris]"),
            Map.entry(MonthDay.class, "a month and day such as --12-31"),
            Map.entry(Year.class, "a year such as 2031"),
            Map.entry(YearMonth.class, "a month such as 2031-01"),
            Map.entry(Duration.class, "an ISO-8601 duration such as PT1H30M"),
            Map.entry(Period.class, "an ISO-8601 period such as P1Y2M3D"),
            Map.entry(ZoneId.class, "a time zone such as Europe/Paris"),
            Map.entry(ZoneOffset.class, "a time offset such as +01:00"),
            Map.entry(Currency.class, "a currency code such as EUR"),
            Map.entry(Locale.class, "a language tag such as en-GB"));

    private ModelScalars() {}

    static Map<String, Object> of(Class<?> type, Map<String, Object> stored) {
        Map<String, Object> schema = new LinkedHashMap<>();
        boolean isFloating = type == Double.class || type == Float.class;
        schema.put("type", isFloating ? "number" : stored.getOrDefault("type", "string"));
        if (type == OffsetDateTime.class) {
            schema.put("format", "date-time");
        } else if (stored.get("format") instanceof String format) {
            schema.put("format", format);
        }
        String words = WORDS.get(type);
        if (words != null) {
            schema.put("description", words);
        }
        return schema;
    }
}
