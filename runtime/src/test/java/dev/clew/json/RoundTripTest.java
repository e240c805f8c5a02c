package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shape of value comes back equal, and its copy has the same digest. */
final class RoundTripTest {
    private final Codec codec = JsonCodec.standard();

    @ParameterizedTest(name = "{index}: {1}")
    @MethodSource({"scalars", "times", "containers", "keys", "records", "sealedTypes", "beans"})
    void comesBackEqual(Object value, TypeRef<?> type) {
        byte[] bytes = codec.encode(value, type);

        Object copy = codec.decode(bytes, type);

        assertThat(copy).isEqualTo(value);
        assertThat(codec.encode(copy, type)).isEqualTo(bytes);
        assertThat(digest(copy, type)).isEqualTo(digest(value, type));
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                        of(
                                String.class,
                                "",
                                "text",
                                "ünïcödé \uD83E\uDDF6",
                                "\"quoted\" \\ \n\t\u0000\u007f",
                                "\uD83E",
                                "a\uDDF6b"),
                        of(Integer.class, 0, 1, -1, 10, Integer.MAX_VALUE, Integer.MIN_VALUE),
                        of(int.class, 0, 7),
                        of(
                                Long.class,
                                0L,
                                5L,
                                (1L << 53) + 1,
                                Long.MAX_VALUE,
                                Long.MIN_VALUE,
                                999_999_999_999_999_999L),
                        of(Short.class, Short.MIN_VALUE, Short.MAX_VALUE),
                        of(Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE),
                        of(Character.class, 'x', '"', '\u0000', '\uD83E'),
                        of(Boolean.class, true, false),
                        of(Double.class, 0d, -0d, 1.5, 0.1, 1e300, -1e-300, Double.MIN_VALUE, Double.MAX_VALUE),
                        of(Double.class, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
                        of(
                                Float.class,
                                0f,
                                -0f,
                                0.1f,
                                1.17549435E-38f,
                                Float.MAX_VALUE,
                                Float.NaN,
                                Float.NEGATIVE_INFINITY),
                        of(
                                BigInteger.class,
                                BigInteger.ZERO,
                                BigInteger.TWO.pow(200),
                                BigInteger.TEN.pow(3000).negate()),
                        of(
                                BigDecimal.class,
                                decimals("0", "0.00", "1.10", "1E+3", "1000", "-1E-400", "3.14159265358979323846")),
                        of(Number.class, 1, 1.5, 1L << 40),
                        of(UUID.class, new UUID(1, 2)),
                        of(URI.class, URI.create("https://example.com/a?b=c#d")),
                        of(Locale.class, Locale.ROOT, Locale.GERMANY, Locale.forLanguageTag("zh-Hant-TW")),
                        of(Currency.class, Currency.getInstance("EUR")),
                        of(Color.class, Color.RED),
                        of(Operator.class, Operator.PLUS, Operator.MINUS),
                        of(
                                Object.class,
                                "text",
                                1,
                                1L << 40,
                                BigInteger.TWO.pow(70),
                                1.5,
                                new BigDecimal("1.10"),
                                true))
                .flatMap(arguments -> arguments);
    }

    static Stream<Arguments> times() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        return Stream.of(
                        of(
                                Instant.class,
                                Instant.EPOCH,
                                Instant.ofEpochSecond(1_700_000_000, 123_456_789),
                                Instant.MAX),
                        of(LocalDate.class, LocalDate.of(2024, 2, 29), LocalDate.MAX),
                        of(LocalTime.class, LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 1)),
                        of(LocalDateTime.class, LocalDateTime.of(2024, 1, 1, 0, 0), LocalDateTime.MIN),
                        of(OffsetDateTime.class, OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHours(-3))),
                        of(OffsetTime.class, OffsetTime.of(1, 2, 3, 4, ZoneOffset.UTC)),
                        of(
                                ZonedDateTime.class,
                                ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 5, berlin),
                                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, berlin)
                                        .withLaterOffsetAtOverlap(),
                                ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 5, ZoneOffset.UTC)),
                        of(Duration.class, Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE)),
                        of(Period.class, Period.ZERO, Period.of(1, -2, 3)),
                        of(Year.class, Year.of(2024), Year.of(-5), Year.of(123_456)),
                        of(YearMonth.class, YearMonth.of(2024, 5)),
                        of(MonthDay.class, MonthDay.of(2, 29)),
                        of(DayOfWeek.class, DayOfWeek.MONDAY),
                        of(ZoneId.class, berlin, ZoneOffset.UTC),
                        of(ZoneOffset.class, ZoneOffset.ofHours(2)))
                .flatMap(arguments -> arguments);
    }

    static Stream<Arguments> containers() {
        return Stream.of(
                        of(new TypeRef<List<String>>() {}, List.of(), List.of("a", "b"), Arrays.asList("a", null)),
                        of(new TypeRef<List<List<Long>>>() {}, Arrays.asList(List.of(1L), null, List.of())),
                        of(new TypeRef<Collection<Integer>>() {}, new ArrayList<>(List.of(3, 1))),
                        of(new TypeRef<ArrayList<Integer>>() {}, new ArrayList<>(List.of(3, 1))),
                        of(new TypeRef<LinkedList<Integer>>() {}, new LinkedList<>(List.of(3, 1))),
                        of(new TypeRef<Deque<Integer>>() {}, new LinkedList<>(Arrays.asList(3, null))),
                        of(new TypeRef<Queue<Integer>>() {}, new LinkedList<>(List.of(1, 2))),
                        of(
                                new TypeRef<Set<String>>() {},
                                Set.of(),
                                Set.of("x", "y", "z"),
                                new LinkedHashSet<>(List.of("b", "a"))),
                        of(new TypeRef<NavigableSet<Integer>>() {}, new TreeSet<>(List.of(3, 1, 2))),
                        of(new TypeRef<EnumSet<Color>>() {}, EnumSet.of(Color.RED), EnumSet.noneOf(Color.class)),
                        of(new TypeRef<Optional<String>>() {}, Optional.empty(), Optional.of("x")),
                        of(new TypeRef<List<Optional<Long>>>() {}, List.of(Optional.empty(), Optional.of(1L))),
                        of(OptionalInt.class, OptionalInt.empty(), OptionalInt.of(0)),
                        of(OptionalLong.class, OptionalLong.empty(), OptionalLong.of(Long.MAX_VALUE)),
                        of(OptionalDouble.class, OptionalDouble.empty(), OptionalDouble.of(0.5)),
                        of(byte[].class, new byte[0], new byte[] {1, -1, 0}),
                        of(int[].class, new int[0], new int[] {1, -1}),
                        of(double[][].class, (Object) new double[][] {{1.5}, {}, {Double.NaN}}),
                        of(String[].class, (Object) new String[] {"a", null}),
                        of(new TypeRef<List<String>[]>() {}, (Object) new List<?>[] {List.of("a"), null}))
                .flatMap(arguments -> arguments);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                        of(new TypeRef<Map<String, Integer>>() {}, Map.of(), Map.of("a", 1, "", 2, "ß\n\"", 3)),
                        of(new TypeRef<Map<String, Integer>>() {}, nullValue()),
                        of(new TypeRef<Map<Integer, String>>() {}, Map.of(1, "a", -2, "b")),
                        of(new TypeRef<Map<Long, String>>() {}, Map.of(Long.MAX_VALUE, "a")),
                        of(new TypeRef<Map<Character, String>>() {}, Map.of('x', "a")),
                        of(new TypeRef<Map<Boolean, String>>() {}, Map.of(true, "a", false, "b")),
                        of(new TypeRef<Map<Double, String>>() {}, Map.of(0.1, "a", Double.NaN, "b")),
                        of(new TypeRef<Map<BigDecimal, String>>() {}, Map.of(new BigDecimal("1.10"), "a")),
                        of(new TypeRef<Map<UUID, String>>() {}, Map.of(new UUID(3, 4), "a")),
                        of(new TypeRef<Map<LocalDate, String>>() {}, Map.of(LocalDate.EPOCH, "a")),
                        of(new TypeRef<Map<Color, String>>() {}, Map.of(Color.RED, "a")),
                        of(new TypeRef<EnumMap<Color, String>>() {}, new EnumMap<>(Map.of(Color.GREEN, "a"))),
                        of(
                                new TypeRef<SortedMap<Integer, List<String>>>() {},
                                new TreeMap<>(Map.of(2, List.of("x"), 1, List.of()))),
                        of(
                                new TypeRef<HashMap<String, Set<Integer>>>() {},
                                new HashMap<>(Map.of("a", Set.of(1, 2, 3)))),
                        of(
                                new TypeRef<ConcurrentHashMap<String, Integer>>() {},
                                new ConcurrentHashMap<>(Map.of("a", 1))),
                        of(new TypeRef<Map<String, Object>>() {}, Map.of("a", List.of(1, "x", true, Map.of("b", 1.5)))))
                .flatMap(arguments -> arguments);
    }

    static Stream<Arguments> records() {
        return Stream.of(
                        of(Empty.class, new Empty()),
                        of(Point.class, new Point(0, -1)),
                        of(Everything.class, Everything.of("text"), Everything.nothing()),
                        of(new TypeRef<Pair<Long, List<Point>>>() {}, new Pair<>(1L, List.of(new Point(1, 2)))),
                        of(
                                new TypeRef<Pair<Pair<Long, Integer>, Set<UUID>>>() {},
                                new Pair<>(new Pair<>(1L, 2), Set.of())),
                        of(
                                Node.class,
                                new Node("a", List.of(new Node("b", List.of(), null)), new Node("c", List.of(), null))),
                        of(new TypeRef<Map<String, Point>>() {}, Map.of("p", new Point(1, 2))))
                .flatMap(arguments -> arguments);
    }

    static Stream<Arguments> sealedTypes() {
        Figure circle = new Figure.Circle(1.5);
        return Stream.of(
                        of(
                                Figure.class,
                                circle,
                                new Figure.Polygon.Square(2),
                                Figure.Special.NONE,
                                new Figure.Blob("b", 1)),
                        of(Figure.Circle.class, circle),
                        of(Figure.Polygon.class, new Figure.Polygon.Square(2)),
                        of(Figure.Special.class, Figure.Special.NONE),
                        of(Figure.Blob.class, new Figure.Blob("b", 1)),
                        of(
                                new TypeRef<List<Figure>>() {},
                                List.of(circle, Figure.Special.NONE, new Figure.Blob("b", 1))),
                        of(new TypeRef<Map<String, Figure>>() {}, Map.of("a", circle)),
                        of(new TypeRef<Map<Figure.Special, Figure>>() {}, Map.of(Figure.Special.NONE, circle)),
                        of(
                                Drawing.class,
                                new Drawing(circle, List.of(circle), Map.of("x", circle), Optional.of(circle))),
                        of(
                                new TypeRef<Outcome<Point>>() {},
                                new Outcome.Ok<>(new Point(1, 2)),
                                new Outcome.Bad<>("no")))
                .flatMap(arguments -> arguments);
    }

    static Stream<Arguments> beans() {
        return Stream.of(
                        of(Date.class, new Date(1_700_000_000_123L)),
                        of(Path.class, Path.of("/a/b c")),
                        of(Switch.class, Switch.ON),
                        of(Bean.class, Bean.of("n", new Figure.Blob("x", 2)), new Bean()),
                        of(new TypeRef<List<Bean>>() {}, List.of(Bean.of("n", new Figure.Circle(1)))))
                .flatMap(arguments -> arguments);
    }

    /** An enum may be what only behaviour-carrying objects are otherwise. */
    enum Switch implements Runnable {
        ON;

        @Override
        public void run() {}
    }

    @Test
    void nullComesBackAsNull() {
        assertThat(codec.decode(codec.encode(null, TypeRef.of(Point.class)), TypeRef.of(Point.class)))
                .isNull();
        assertThat(codec.decode(codec.encode(null, TypeRef.of(String.class)), TypeRef.of(String.class)))
                .isNull();
        assertThat(codec.decode(codec.encode(null, TypeRef.of(Void.class)), TypeRef.of(Void.class)))
                .isNull();
        assertThat(codec.decodePlain(codec.encode(null, TypeRef.of(Object.class))))
                .isNull();
    }

    @Test
    void setsAndMapsKeepTheOrderTheyWereWrittenIn() {
        Set<String> set = new LinkedHashSet<>(List.of("b", "c", "a"));
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", 2);

        assertThat(copy(set, new TypeRef<Set<String>>() {})).containsExactly("b", "c", "a");
        assertThat(copy(map, new TypeRef<Map<String, Integer>>() {}))
                .containsExactly(Map.entry("z", 1), Map.entry("a", 2));
    }

    @Test
    void dequeWithoutEqualityKeepsItsElements() {
        Deque<Integer> deque = new ArrayDeque<>(List.of(1, 2, 3));

        assertThat(copy(deque, new TypeRef<Deque<Integer>>() {})).containsExactly(1, 2, 3);
        assertThat(copy(new ArrayDeque<>(deque), new TypeRef<ArrayDeque<Integer>>() {}))
                .containsExactly(1, 2, 3);
    }

    @Test
    void permittedValuesAreTaggedWhateverTypeTheyAreWrittenUnder() {
        Figure.Circle circle = new Figure.Circle(1);
        String json = "{\"@type\":\"Circle\",\"radius\":1.0}";

        assertThat(json(circle, TypeRef.of(Figure.class))).isEqualTo(json);
        assertThat(json(circle, TypeRef.of(Figure.Circle.class))).isEqualTo(json);
        assertThat(json(circle, TypeRef.of(Object.class))).isEqualTo(json);
        assertThat(json(List.of(circle), new TypeRef<List<Object>>() {})).isEqualTo("[" + json + "]");
        assertThat(json(Map.of("a", circle), TypeRef.of(Object.class))).isEqualTo("{\"a\":" + json + "}");
    }

    private <T> T copy(T value, TypeRef<T> type) {
        return codec.decode(codec.encode(value, type), type);
    }

    private String json(Object value, TypeRef<?> type) {
        return new String(codec.encode(value, type), StandardCharsets.UTF_8);
    }

    private byte[] digest(Object value, TypeRef<?> type) {
        return codec.digest(new Object[] {value}, List.of(type));
    }

    private static Stream<Arguments> of(Class<?> type, Object... values) {
        return of(TypeRef.of(type), values);
    }

    private static Stream<Arguments> of(TypeRef<?> type, Object... values) {
        return Arrays.stream(values).map(value -> Arguments.of(value, type));
    }

    private static Object[] decimals(String... texts) {
        return Arrays.stream(texts).map(BigDecimal::new).toArray();
    }

    private static Map<String, Integer> nullValue() {
        Map<String, Integer> map = new HashMap<>();
        map.put("a", null);
        return map;
    }
}
