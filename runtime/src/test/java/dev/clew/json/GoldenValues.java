package dev.clew.json;

import dev.clew.value.TypeRef;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;

/** At least one value of every shape, in an order that never changes. */
final class GoldenValues {
    private final Map<String, Golden> values = new LinkedHashMap<>();

    private GoldenValues() {}

    /** A value under the type that it is stored as. */
    record Golden(Object value, TypeRef<?> type) {}

    static Map<String, Golden> all() {
        GoldenValues all = new GoldenValues();
        all.scalars();
        all.times();
        all.containers();
        all.composed();
        all.platform();
        GoldenEdges.putAll(all::put);
        GoldenMessages.putAll(all::put);
        return all.values;
    }

    private void scalars() {
        put("text", "\"ünïcödé\" \uD83E\uDDF6 \n", String.class);
        put("half a surrogate pair", "a\uD83E", String.class);
        put("int", 42, Integer.class);
        put("long", Long.MIN_VALUE, Long.class);
        put("short", Short.MIN_VALUE, Short.class);
        put("byte", (byte) -1, Byte.class);
        put("char", 'ß', Character.class);
        put("boolean", true, Boolean.class);
        put("double", 0.1, Double.class);
        put("NaN", Double.NaN, Double.class);
        put("float", 0.1f, Float.class);
        put("big integer", BigInteger.TWO.pow(90), BigInteger.class);
        put("big decimal", new BigDecimal("1.10"), BigDecimal.class);
        put("number", 1.5, Number.class);
        put("enum", Color.RED, Color.class);
        put("enum with bodies", Operator.PLUS, Operator.class);
        put("uuid", new UUID(1, 2), UUID.class);
        put("uri", URI.create("https://example.com/a?b=c#d"), URI.class);
        put("locale", Locale.forLanguageTag("zh-Hant-TW"), Locale.class);
        put("currency", Currency.getInstance("EUR"), Currency.class);
        put("bytes", new byte[] {1, -1, 0}, byte[].class);
    }

    private void times() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        put("instant", Instant.ofEpochSecond(1_700_000_000, 123_456_789), Instant.class);
        put("local date", LocalDate.of(2024, 2, 29), LocalDate.class);
        put("local time", LocalTime.of(23, 59, 59, 1), LocalTime.class);
        put("local date-time", LocalDateTime.of(2024, 1, 1, 0, 0), LocalDateTime.class);
        put(
                "offset date-time",
                OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHours(-3)),
                OffsetDateTime.class);
        put("offset time", OffsetTime.of(1, 2, 3, 4, ZoneOffset.UTC), OffsetTime.class);
        put("zoned date-time", ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 5, berlin), ZonedDateTime.class);
        put("duration", Duration.ofSeconds(90, 1), Duration.class);
        put("period", Period.of(1, -2, 3), Period.class);
        put("year", Year.of(2024), Year.class);
        put("year-month", YearMonth.of(2024, 5), YearMonth.class);
        put("month-day", MonthDay.of(2, 29), MonthDay.class);
        put("zone", berlin, ZoneId.class);
        put("zone offset", ZoneOffset.ofHours(2), ZoneOffset.class);
    }

    private void containers() {
        put("list", Arrays.asList("a", null), new TypeRef<List<String>>() {});
        put("deque", new ArrayDeque<>(List.of(1, 2)), new TypeRef<Deque<Integer>>() {});
        put("set", new LinkedHashSet<>(List.of("b", "a")), new TypeRef<Set<String>>() {});
        put("set of plain data", new LinkedHashSet<>(List.of(2, "a")), new TypeRef<Set<Object>>() {});
        put("enum set", EnumSet.of(Color.RED, Color.GREEN), new TypeRef<EnumSet<Color>>() {});
        put("array", new int[][] {{1}, {}}, int[][].class);
        put("optional", Optional.of("x"), new TypeRef<Optional<String>>() {});
        put("no optional", Optional.empty(), new TypeRef<Optional<String>>() {});
        put("optional int", OptionalInt.of(0), OptionalInt.class);
        put("optional long", OptionalLong.of(1), OptionalLong.class);
        put("optional double", OptionalDouble.of(0.5), OptionalDouble.class);
        put("map", ordered("z", 1, "a", 2), new TypeRef<Map<String, Integer>>() {});
        put("sorted map", new TreeMap<>(Map.of(2, "b", 1, "a")), new TypeRef<SortedMap<Integer, String>>() {});
        put("enum map", new EnumMap<>(Map.of(Color.GREEN, "a")), new TypeRef<EnumMap<Color, String>>() {});
        put("properties", properties(), Properties.class);
        put("plain data", ordered("k", List.of(1, "x", 1.5, true)), Object.class);
    }

    private void composed() {
        Figure circle = new Figure.Circle(1.5);
        put("record", new Pair<>(1L, List.of(new Point(1, 2))), new TypeRef<Pair<Long, List<Point>>>() {});
        put("record of everything but sets", Everything.nothing(), Everything.class);
        put("renamed component", new EvolutionTest.Renamed("Ann"), EvolutionTest.Renamed.class);
        put("tree", new Node("a", List.of(new Node("b", List.of(), null)), null), Node.class);
        put("sealed record", circle, Figure.class);
        put("sealed enum", Figure.Special.NONE, Figure.class);
        put("sealed bean", new Figure.Blob("b", 1), Figure.class);
        put("sealed generic", new Outcome.Ok<>(new Point(1, 2)), new TypeRef<Outcome<Point>>() {});
        put("bean", Bean.of("n", circle), Bean.class);
        put("list of beans", List.of(new Bean()), new TypeRef<List<Bean>>() {});
    }

    private void platform() {
        put("date", new Date(1_700_000_000_123L), Date.class);
        put("sql timestamp of milliseconds", new java.sql.Timestamp(1_700_000_000_123L), java.sql.Timestamp.class);
        put("sql date", new java.sql.Date(1_700_000_000_123L), java.sql.Date.class);
        put("calendar in UTC", calendar(), GregorianCalendar.class);
        put("time zone", TimeZone.getTimeZone("Europe/Berlin"), TimeZone.class);
        put("absolute path", Path.of("/no/such dir/ü"), Path.class);
        put("absolute file", new File("/no/such dir/ü"), File.class);
        put("url", url(), URL.class);
        put("inet address", address(), InetAddress.class);
        put("socket address", InetSocketAddress.createUnresolved("h", 80), InetSocketAddress.class);
        put("charset", StandardCharsets.UTF_8, Charset.class);
        put("pattern", Pattern.compile("a.b"), Pattern.class);
        put("byte buffer", ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.class);
        put("string builder", new StringBuilder("x"), StringBuilder.class);
        put("char sequence", "x", CharSequence.class);
        put("iterable", List.of(1), new TypeRef<Iterable<Integer>>() {});
        put("map entry", Map.entry("a", 1), new TypeRef<Map.Entry<String, Integer>>() {});
        put("atomic boolean", new AtomicBoolean(true), AtomicBoolean.class);
        put("atomic integer", new AtomicInteger(3), AtomicInteger.class);
        put("atomic long", new AtomicLong(4), AtomicLong.class);
        put("atomic reference", new AtomicReference<>("x"), new TypeRef<AtomicReference<String>>() {});
        put("qualified name", new QName("u", "l"), QName.class);
    }

    private void put(String name, Object value, Class<?> type) {
        put(name, value, TypeRef.of(type));
    }

    private void put(String name, Object value, TypeRef<?> type) {
        values.put(name, new Golden(value, type));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        return properties;
    }

    private static GregorianCalendar calendar() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(1_700_000_000_123L);
        return calendar;
    }

    private static URL url() {
        try {
            return URI.create("http://127.0.0.1/y").toURL();
        } catch (java.net.MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
