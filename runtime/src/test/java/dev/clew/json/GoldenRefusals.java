package dev.clew.json;

import dev.clew.value.TypeRef;
import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is refused: types before the first value, values when they are written, and texts when they are read. */
final class GoldenRefusals {
    /** Texts that fit few types, or none. */
    static final List<String> TEXTS = List.of(
            "",
            "null",
            "true",
            "7",
            "-0.5",
            "1e400",
            "99999999999999999999",
            "\"a\"",
            "\"a",
            "1 2",
            "[]",
            "[null,{}]",
            "[1,[]]",
            "{}",
            "{\"a\":1,\"a\":2}",
            "{\"x\":null}",
            "{\"first\":1.5,\"second\":[7]}",
            "{\"name\":{},\"text\":1}",
            "{\"@type\":\"None\"}",
            "{\"@type\":\"Circle\",\"radius\":\"x\"}",
            "{\"radius\":1,\"@type\":\"Circle\",\"radius\":2}",
            "{\"@type\":\"Special\",\"name\":\"SOME\"}");

    /** The values whose types read the texts: one for each way of reading. */
    static final List<String> READERS = List.of(
            "int",
            "primitive int",
            "long",
            "byte",
            "double",
            "float",
            "big integer",
            "big decimal",
            "boolean",
            "char",
            "text",
            "bytes",
            "instant",
            "year",
            "locale",
            "pattern",
            "absolute path",
            "enum",
            "number",
            "list",
            "set of records",
            "sorted map",
            "array",
            "map",
            "enum map",
            "keys of boolean",
            "optional",
            "optional int",
            "record",
            "record of everything but sets",
            "tree",
            "sealed record",
            "sealed generic",
            "bean",
            "list of beans",
            "plain data",
            "url",
            "string builder",
            "human message",
            "list of messages",
            "tool call",
            "usage");

    private final Map<String, Refused> refused = new LinkedHashMap<>();

    private GoldenRefusals() {}

    /** A value under a type that refuses it; a null value if the type has none that is stored. */
    record Refused(@Nullable Object value, TypeRef<?> type) {}

    record Open(Serializable payload) {}

    record Secret(Optional<String> note, Object payload) {}

    record Clash(int type) implements Typed {}

    sealed interface Typed {}

    static final class Loss {
        public final int shown = 1;
        private int hidden;

        public void setHidden(int hidden) {
            this.hidden = hidden;
        }

        int hidden() {
            return hidden;
        }
    }

    static final class NoWayIn {
        private final String name;

        private NoWayIn(String name, int unused) {
            this.name = name + unused;
        }

        public String getName() {
            return name;
        }
    }

    static Map<String, Refused> all() {
        GoldenRefusals all = new GoldenRefusals();
        all.types();
        all.values();
        all.containers();
        return all.refused;
    }

    private void types() {
        for (Class<?> type : List.of(
                Stream.class,
                Thread.class,
                Class.class,
                CompletableFuture.class,
                Exception.class,
                Serializable.class,
                Comparable.class,
                Calendar.class,
                java.net.Inet4Address.class,
                java.util.concurrent.atomic.LongAdder.class,
                PriorityQueue.class,
                IdentityHashMap.class,
                AbstractMap.class,
                EnumSet.class,
                Supplier.class,
                Open.class,
                Typed.class,
                Loss.class,
                NoWayIn.class,
                int[][].class,
                Void.class)) {
            put("type " + type.getName(), null, type);
        }
        refused.put("type with keys that are records", new Refused(null, new TypeRef<Map<Point, String>>() {}));
    }

    private void values() {
        put("text as int", "text", Integer.class);
        put("bare object", new Object(), Object.class);
        put("large integer", BigInteger.TEN.pow(20_000), BigInteger.class);
        put("precise decimal", new BigDecimal(BigInteger.TEN.pow(9_985).add(BigInteger.ONE)), BigDecimal.class);
        put("lossy locale", new Locale("not a language"), Locale.class);
        put("lossy month", YearMonth.of(12_345, 1), YearMonth.class);
        put("lossy path", Path.of("file:a"), Path.class);
        put("path as file", Path.of("a"), File.class);
        put("pattern with flags", Pattern.compile("a", Pattern.CASE_INSENSITIVE), Pattern.class);
        put("no optional in a record", new Secret(null, 1), Secret.class);
        put("lambda in a record", new Secret(Optional.empty(), (Supplier<?>) () -> 1), Secret.class);
        put("optional of an optional", Optional.of(Optional.of(1)), Object.class);
        put("bean with a member that is written only", new Loss(), Object.class);
        put(
                "local class",
                new Object() {
                    @Override
                    public String toString() {
                        return "local";
                    }
                },
                Object.class);
        put("timestamp with nanoseconds", java.sql.Timestamp.valueOf("2024-01-01 00:00:00.123456789"), Object.class);
        put("reference to an array", new AtomicReference<>(new Thread[0]), Object.class);
    }

    private void containers() {
        SortedSet<Integer> backwards = new TreeSet<>(Comparator.reverseOrder());
        Properties defaults = new Properties(new Properties());
        Properties inherited = new Properties();
        inherited.setProperty("a", "b");
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        put("null key", Collections.singletonMap(null, 1), Object.class);
        put("number key without a declared type", Map.of(1, 1), Object.class);
        put("key with half a surrogate pair", Map.of("a\uD83E", 1), Object.class);
        put("deep refusal", Map.of("a b", List.of(1, Map.of("x", new Thread()))), Object.class);
        put("list that contains itself", endless, Object.class);
        put("properties with defaults", new Properties(inherited), Properties.class);
        put("properties with empty defaults", defaults, Properties.class);
        refused.put("own comparator", new Refused(backwards, new TypeRef<SortedSet<Integer>>() {}));
        refused.put("set of 1 and 1L", new Refused(new LinkedHashSet<>(List.of(1, 1L)), new TypeRef<Set<Object>>() {}));
        refused.put(
                "set of nested 1 and 1L",
                new Refused(
                        new LinkedHashSet<>(List.of(List.of(1), List.of(1L))), new TypeRef<Set<List<Object>>>() {}));
        refused.put(
                "element of another class",
                new Refused(new ArrayDeque<>(List.of("a")), new TypeRef<ArrayDeque<Integer>>() {}));
        refused.put(
                "null in a set of optionals",
                new Refused(new HashSet<>(Arrays.asList((Object) null)), new TypeRef<HashSet<Optional<String>>>() {}));
    }

    private void put(String name, @Nullable Object value, Class<?> type) {
        refused.put(name, new Refused(value, TypeRef.of(type)));
    }
}
