package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.fuzz.Choices;
import dev.clew.fuzz.FuzzTarget;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Bytes read as one of many types: refused with a path, or a value that is written, read and digested as itself.
 *
 * <p>The first byte is the number of the type.
 */
public final class CodecFuzz implements FuzzTarget {
    private static final List<TypeRef<?>> TYPES = List.of(
            TypeRef.of(Everything.class),
            TypeRef.of(Figure.class),
            TypeRef.of(Node.class),
            new TypeRef<Outcome<List<Figure>>>() {},
            TypeRef.of(Bean.class),
            TypeRef.of(Color.class),
            TypeRef.of(Point.class),
            TypeRef.of(Object.class),
            TypeRef.of(String.class),
            TypeRef.of(Byte.class),
            TypeRef.of(Short.class),
            TypeRef.of(Integer.class),
            TypeRef.of(Long.class),
            TypeRef.of(Float.class),
            TypeRef.of(Double.class),
            TypeRef.of(Character.class),
            TypeRef.of(Boolean.class),
            TypeRef.of(BigDecimal.class),
            TypeRef.of(BigInteger.class),
            TypeRef.of(Instant.class),
            TypeRef.of(Duration.class),
            TypeRef.of(Period.class),
            TypeRef.of(LocalDate.class),
            TypeRef.of(LocalTime.class),
            TypeRef.of(LocalDateTime.class),
            TypeRef.of(OffsetDateTime.class),
            TypeRef.of(ZonedDateTime.class),
            TypeRef.of(ZoneId.class),
            TypeRef.of(ZoneOffset.class),
            TypeRef.of(Year.class),
            TypeRef.of(YearMonth.class),
            TypeRef.of(MonthDay.class),
            TypeRef.of(DayOfWeek.class),
            TypeRef.of(UUID.class),
            TypeRef.of(URI.class),
            TypeRef.of(Locale.class),
            TypeRef.of(Currency.class),
            TypeRef.of(OptionalInt.class),
            TypeRef.of(OptionalLong.class),
            TypeRef.of(OptionalDouble.class),
            TypeRef.of(byte[].class),
            TypeRef.of(int[].class),
            TypeRef.of(char[].class),
            TypeRef.of(double[][].class),
            TypeRef.of(Figure[].class),
            new TypeRef<Optional<Figure>>() {},
            new TypeRef<List<Figure>>() {},
            new TypeRef<Set<Optional<Color>>>() {},
            new TypeRef<SortedSet<BigDecimal>>() {},
            new TypeRef<ArrayDeque<Integer>>() {},
            new TypeRef<EnumSet<Color>>() {},
            new TypeRef<EnumMap<Color, Point>>() {},
            new TypeRef<Map<Integer, List<Point>>>() {},
            new TypeRef<Map<Double, String>>() {},
            new TypeRef<Map<Instant, Color>>() {},
            new TypeRef<NavigableMap<UUID, Pair<String, Figure>>>() {},
            new TypeRef<Map<String, Map<Boolean, Outcome<Long>>>>() {});

    private final Codec codec = JsonCodec.standard();

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            for (String text : List.of("null", "7", "-0.10", "\"2024-02-29T23:59:59.5Z\"", "[]", "{}", "[[1],[2.5]]")) {
                seeds.add(input(i, text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        seed(seeds, Everything.of("t"), Everything.class);
        seed(seeds, Everything.nothing(), Everything.class);
        seed(seeds, new Figure.Circle(0.5), Figure.class);
        seed(seeds, new Figure.Polygon.Square(2), Figure.class);
        seed(seeds, Figure.Special.NONE, Figure.class);
        seed(seeds, new Figure.Blob("b", 1), Figure.class);
        seed(seeds, new Node("n", List.of(new Node("m", List.of(), null)), null), Node.class);
        seed(seeds, new Bean(), Bean.class);
        seed(seeds, ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneId.of("Europe/Berlin")), ZonedDateTime.class);
        seed(seeds, OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneOffset.ofHours(2)), OffsetDateTime.class);
        seed(seeds, LocalTime.of(1, 2, 3), LocalTime.class);
        seed(seeds, LocalDate.of(2024, 2, 29), LocalDate.class);
        seed(seeds, Duration.ofMillis(1_500), Duration.class);
        seed(seeds, Period.of(1, 2, 3), Period.class);
        seed(seeds, Year.of(2024), Year.class);
        seed(seeds, MonthDay.of(2, 29), MonthDay.class);
        seed(seeds, ZoneOffset.ofHours(-2), ZoneOffset.class);
        seed(seeds, new UUID(1, 1), UUID.class);
        seed(seeds, URI.create("http://a/b?c#d"), URI.class);
        seed(seeds, Locale.GERMANY, Locale.class);
        seed(seeds, Currency.getInstance("EUR"), Currency.class);
        seed(seeds, new byte[] {1, 2, 3}, byte[].class);
        seed(seeds, new Figure[] {new Figure.Circle(1), null}, Figure[].class);
        seed(seeds, Map.of("a", List.of(1, "x", Map.of("b", 1e300))), Object.class);
        seed(seeds, new TreeMap<>(Map.of(new UUID(1, 1), new Pair<>("l", new Figure.Circle(1)))), 55);
        seed(seeds, Map.of("a", Map.of(true, new Outcome.Ok<>(1L))), 56);
        seed(seeds, new Outcome.Ok<>(List.of(new Figure.Circle(1))), 3);
        seed(seeds, Map.of(Instant.EPOCH, Color.GREEN), 54);
        seed(seeds, Map.of(0.5, "half"), 53);
        return seeds;
    }

    private void seed(List<byte[]> seeds, Object value, Class<?> type) {
        seed(seeds, value, TYPES.indexOf(TypeRef.of(type)));
    }

    private void seed(List<byte[]> seeds, Object value, int type) {
        seeds.add(input(type, codec.encode(value, TYPES.get(type))));
    }

    private static byte[] input(int type, byte[] stored) {
        byte[] input = new byte[1 + stored.length];
        input[0] = (byte) type;
        System.arraycopy(stored, 0, input, 1, stored.length);
        return input;
    }

    @Override
    public void take(byte[] input) {
        Choices choices = new Choices(input);
        TypeRef<?> type = TYPES.get(choices.below(TYPES.size()));
        readAs(codec, type, choices.rest());
    }

    /** Whether the bytes were a value. */
    static <T> boolean readAs(Codec codec, TypeRef<T> type, byte[] stored) {
        T value;
        try {
            value = codec.decode(stored, type);
        } catch (CodecException refused) {
            assertThat(refused.path()).startsWith("$");
            return false;
        }
        byte[] again = codec.encode(value, type);
        T copy = codec.decode(again, type);
        assertThat(codec.encode(copy, type)).isEqualTo(again);
        assertThat(digest(codec, copy, type)).as("digest").isEqualTo(digest(codec, value, type));
        codec.decodePlain(again);
        return true;
    }

    private static byte[] digest(Codec codec, Object value, TypeRef<?> type) {
        return codec.digest(new Object[] {value}, List.of(type));
    }
}
