package dev.clew.json;

import dev.clew.value.TypeRef;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Values at the edges of their shapes: nothing, the largest, every form of keys, and shapes within shapes. */
final class GoldenEdges {
    private final Receiver out;

    private GoldenEdges(Receiver out) {
        this.out = out;
    }

    /** Takes a value under the type that it is stored as. */
    interface Receiver {
        void put(String name, Object value, TypeRef<?> type);
    }

    static void putAll(Receiver out) {
        GoldenEdges edges = new GoldenEdges(out);
        edges.nothing();
        edges.numbers();
        edges.texts();
        edges.keys();
        edges.nested();
    }

    private void nothing() {
        put("null text", null, String.class);
        put("null record", null, Point.class);
        put("null plain data", null, Object.class);
        out.put("null list", null, new TypeRef<List<String>>() {});
        out.put("empty list", List.of(), new TypeRef<List<String>>() {});
        out.put("empty set", Set.of(), new TypeRef<Set<String>>() {});
        out.put("empty map", Map.of(), new TypeRef<Map<String, Integer>>() {});
        put("empty array", new String[0], String[].class);
        put("empty bytes", new byte[0], byte[].class);
        put("empty text", "", String.class);
        put("no optional int", OptionalInt.empty(), OptionalInt.class);
    }

    private void numbers() {
        put("primitive int", 7, int.class);
        put("primitive boolean", false, boolean.class);
        put("infinity", Double.POSITIVE_INFINITY, Double.class);
        put("negative zero", -0.0, Double.class);
        put("largest double", Double.MAX_VALUE, Double.class);
        put("smallest double", Double.MIN_VALUE, Double.class);
        put("double without fraction", 1e21, Double.class);
        put("float infinity", Float.NEGATIVE_INFINITY, Float.class);
        put("negative big integer", BigInteger.TEN.pow(40).negate(), BigInteger.class);
        put("big decimal with negative scale", new BigDecimal("1E+3"), BigDecimal.class);
        put("big decimal of many digits", new BigDecimal("0.000000000000000000000000000010"), BigDecimal.class);
        put("long as number", 9_007_199_254_740_993L, Number.class);
        put("big integer as number", BigInteger.TWO.pow(70), Number.class);
    }

    private void texts() {
        put("control characters", "\0\b\t\u001f\u007f\u2028/\\", String.class);
        put("char of a control", '\n', Character.class);
        put("root locale", Locale.ROOT, Locale.class);
        put("relative path", Path.of("a/b c"), Path.class);
        put("relative file", new File("a/b c"), File.class);
        put("instant before the epoch", Instant.ofEpochSecond(-1, 5), Instant.class);
        put("far instant", Instant.MAX, Instant.class);
        put("midnight", LocalTime.MIDNIGHT, LocalTime.class);
        put("negative duration", Duration.ofMillis(-1_500), Duration.class);
    }

    private void keys() {
        out.put("keys of long", Map.of(-1L, "a"), new TypeRef<Map<Long, String>>() {});
        out.put("keys of double", Map.of(1e21, "a"), new TypeRef<Map<Double, String>>() {});
        out.put("keys of float", Map.of(0.1f, "a"), new TypeRef<Map<Float, String>>() {});
        out.put("keys of boolean", Map.of(true, "a"), new TypeRef<Map<Boolean, String>>() {});
        out.put("keys of char", Map.of('x', "a"), new TypeRef<Map<Character, String>>() {});
        out.put("keys of enum", Map.of(Operator.PLUS, "a"), new TypeRef<Map<Operator, String>>() {});
        out.put("keys of uuid", Map.of(new UUID(1, 2), "a"), new TypeRef<Map<UUID, String>>() {});
        out.put("keys of date", Map.of(LocalDate.of(2024, 2, 29), "a"), new TypeRef<Map<LocalDate, String>>() {});
        out.put("keys of big decimal", Map.of(new BigDecimal("1.10"), "a"), new TypeRef<Map<BigDecimal, String>>() {});
        out.put("keys of many signs", Map.of("\"\n\uD83E\uDDF6", 1), new TypeRef<Map<String, Integer>>() {});
    }

    private void nested() {
        out.put(
                "map of lists of maps",
                Map.of("a", List.of(Map.of(1, Optional.of("x")))),
                new TypeRef<Map<String, List<Map<Integer, Optional<String>>>>>() {});
        out.put(
                "set of records",
                new LinkedHashSet<>(List.of(new Point(2, 1), new Point(1, 2))),
                new TypeRef<Set<Point>>() {});
        out.put(
                "list of sealed values",
                List.of(new Figure.Circle(1.5), Figure.Special.NONE, new Figure.Blob("b", 1)),
                new TypeRef<List<Figure>>() {});
        out.put("array of lists", new List<?>[] {List.of("a")}, new TypeRef<List<String>[]>() {});
        put("array of bytes", new byte[][] {{1}, {}}, byte[][].class);
        put("array of boxes", new Integer[] {1, null}, Integer[].class);
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("none", null);
        plain.put("large", 9_007_199_254_740_993L);
        plain.put("huge", BigInteger.TWO.pow(70));
        plain.put("list", new ArrayList<>(Arrays.asList(1, null, Map.of())));
        put("plain data within plain data", plain, Object.class);
    }

    private void put(String name, Object value, Class<?> type) {
        out.put(name, value, TypeRef.of(type));
    }
}
