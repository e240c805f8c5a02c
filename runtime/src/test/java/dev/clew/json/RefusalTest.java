package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What would be lost is refused when it is written, with the path and never with the value. */
final class RefusalTest {
    private final Codec codec = JsonCodec.standard();

    record Order(List<Item> items, Map<String, Object> extras) {}

    record Item(Object name) {}

    record Guarded(String secret) {
        @Override
        public String secret() {
            throw new IllegalStateException("locked");
        }
    }

    record Absent(Optional<String> note) {}

    public static final class NoMembers {}

    public static final class NoConstructor {
        private final String name;

        private NoConstructor(String name, int unused) {
            this.name = name + unused;
        }

        public String getName() {
            return name;
        }
    }

    public static class Base {
        private int x;

        public int getX() {
            return x;
        }

        public void setX(int x) {
            this.x = x;
        }
    }

    public static final class Derived extends Base {
        public int getMore() {
            return 1;
        }
    }

    sealed interface Twins {
        record Same() implements Twins {}

        final class Other {
            record Same() implements Twins {}
        }
    }

    sealed interface Ajar {
        non-sealed interface Door extends Ajar {}
    }

    record Visitor() implements Ajar.Door {}

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource
    void valuesWithoutStoredFormFailWhereTheyAre(String kind, Object value) {
        Order order = new Order(List.of(new Item("ok"), new Item(1), new Item(value)), Map.of());

        assertThatThrownBy(() -> codec.encode(order, TypeRef.of(Order.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("cannot encode " + Order.class.getName() + ": ")
                .extracting(e -> ((CodecException) e).path())
                .asString()
                .startsWith("$.items[2].name");
        assertThatThrownBy(() -> codec.encode(value, TypeRef.of(Object.class))).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> codec.digest(new Object[] {1, order}, refs(Integer.class, Order.class)))
                .isInstanceOf(CodecException.class)
                .extracting(e -> ((CodecException) e).path())
                .asString()
                .startsWith("$[1].items[2].name");
    }

    static class Closed {
        String text = "x";
    }

    @Test
    void aClassThatShowsNothingIsToldWhatItNeeds() {
        assertThatThrownBy(() -> codec.encode(new Closed(), TypeRef.of(Closed.class)))
                .hasMessageContaining("use a record")
                .hasMessageNotContaining("SerializationFeature");
    }

    static Stream<Arguments> valuesWithoutStoredFormFailWhereTheyAre() {
        Supplier<String> lambda = () -> "x";
        return Stream.of(
                Arguments.of("stream", Stream.of(1)),
                Arguments.of("iterator", List.of(1).iterator()),
                Arguments.of("enumeration", Collections.enumeration(List.of(1))),
                Arguments.of("iterable", (Iterable<Integer>) () -> List.of(1).iterator()),
                Arguments.of("future", CompletableFuture.completedFuture(1)),
                Arguments.of("future task", new FutureTask<>(() -> 1)),
                Arguments.of("lambda", lambda),
                Arguments.of("runnable", (Runnable) () -> {}),
                Arguments.of("input stream", new ByteArrayInputStream(new byte[] {1})),
                Arguments.of("thread", new Thread()),
                Arguments.of("class", String.class),
                Arguments.of("class loader", RefusalTest.class.getClassLoader()),
                Arguments.of("exception", new IllegalStateException("x")),
                Arguments.of("lock", new ReentrantLock()),
                Arguments.of("object", new Object()),
                Arguments.of("no members", new NoMembers()),
                Arguments.of("no constructor", new NoConstructor("a", 1)),
                Arguments.of("anonymous", new Object() {
                    public int getX() {
                        return 1;
                    }
                }),
                Arguments.of("proxy", proxy()),
                Arguments.of("thread local", ThreadLocal.withInitial(() -> 1)),
                Arguments.of("accessor", new Guarded("secret")),
                Arguments.of("nested optional", Optional.of(Optional.empty())),
                Arguments.of("null key", Collections.singletonMap(null, 1)),
                Arguments.of("number key without declared type", Map.of(1, 1)),
                Arguments.of("record key", Map.of(new Point(1, 2), 1)),
                Arguments.of("twins", new Twins.Same()),
                Arguments.of("huge number", BigInteger.TEN.pow(20_000)),
                Arguments.of("lossy locale", new Locale("not a language")),
                Arguments.of("lossy month", YearMonth.of(12_345, 1)),
                Arguments.of("reference to a lambda", new AtomicReference<>(lambda)));
    }

    @Test
    void nullsInPlaceOfOptionalsAreRefused() {
        assertThatThrownBy(() -> codec.encode(new Absent(null), TypeRef.of(Absent.class)))
                .hasMessageEndingWith("use Optional.empty() at $.note");
        assertThatThrownBy(() -> codec.encode(null, new TypeRef<Optional<String>>() {}))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void subclassesAreNotCutDownToTheDeclaredClass() {
        assertThatThrownBy(() -> codec.encode(new Derived(), TypeRef.of(Base.class)))
                .hasMessageContaining("Derived would be written as ");
    }

    @Test
    void valuesOfAnotherClassThanDeclaredAreRefused() {
        List<?> heapPollution = List.of("text");

        assertThatThrownBy(() -> codec.encode(heapPollution, new TypeRef<List<Integer>>() {}))
                .hasMessageEndingWith("expected java.lang.Integer, found java.lang.String at $[0]");
        assertThatThrownBy(() -> codec.encode("text", TypeRef.of(Integer.class)))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void mapsWithUnsupportedKeysSayWhatToUse() {
        assertThatThrownBy(() -> codec.encode(Map.of(new Point(1, 2), 1), new TypeRef<Map<Point, Integer>>() {}))
                .hasMessageContaining("keys of dev.clew.json.Point have no text form");
        assertThatThrownBy(() -> codec.decode(bytes("{\"a\":1}"), new TypeRef<Map<Point, Integer>>() {}))
                .hasMessageContaining("keys of dev.clew.json.Point have no text form");
    }

    @Test
    void ordersThatAreNotStoredAreRefused() {
        SortedSet<String> backwards = new TreeSet<>(Collections.reverseOrder());
        backwards.addAll(List.of("a", "b"));

        assertThatThrownBy(() -> codec.encode(backwards, new TypeRef<SortedSet<String>>() {}))
                .hasMessageContaining("comparator");
        assertThat(codec.decode(codec.encode(backwards, new TypeRef<Set<String>>() {}), new TypeRef<Set<String>>() {}))
                .containsExactly("b", "a");
        assertThatThrownBy(() -> codec.encode(new PriorityQueue<>(), new TypeRef<PriorityQueue<String>>() {}))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void permittedClassesWithEqualSimpleNamesAreNamed() {
        assertThatThrownBy(() -> codec.encode(new Twins.Same(), TypeRef.of(Twins.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("share the simple name Same")
                .hasMessageContaining("Twins$Same")
                .hasMessageContaining("Twins$Other$Same");
    }

    @Test
    void classesBelowANonSealedOneAreNotPermitted() {
        assertThatThrownBy(() -> codec.encode(new Visitor(), TypeRef.of(Ajar.class)))
                .hasMessageContaining("Visitor is not among the permitted classes of ");
    }

    @Test
    void openTypesAreNotRead() {
        assertThatThrownBy(() -> codec.decode(bytes("{\"x\":1}"), TypeRef.of(Supplier.class)))
                .hasMessageContaining("open type");
        assertThatThrownBy(() -> codec.decode(bytes("[{\"x\":1}]"), new TypeRef<List<Comparable<?>>>() {}))
                .hasMessageEndingWith("at $[0]");
    }

    @Test
    void causeOfUsersCodeIsKept() {
        assertThatThrownBy(() -> codec.encode(new Guarded("s"), TypeRef.of(Guarded.class)))
                .hasMessageEndingWith("its accessor threw java.lang.IllegalStateException at $.secret")
                .hasRootCauseMessage("locked");
    }

    @Test
    void pathsQuoteUnusualKeysAndShortenLongOnes() {
        Map<String, Object> odd = new HashMap<>();
        odd.put("it's\n odd", Thread.currentThread());

        assertThatThrownBy(() -> codec.encode(odd, TypeRef.of(Object.class)))
                .hasMessageEndingWith("at $['it\\'s? odd']");
        assertThatThrownBy(() -> codec.encode(Map.of("k".repeat(1000), new Object()), TypeRef.of(Object.class)))
                .hasMessageEndingWith("at $['" + "k".repeat(64) + "…']");
    }

    @ParameterizedTest
    @MethodSource
    void messagesNeverShowTheValue(String stored, TypeRef<?> type) {
        assertThatThrownBy(() -> codec.decode(bytes(stored), type)).satisfies(RefusalTest::showsNoSecret);
    }

    static Stream<Arguments> messagesNeverShowTheValue() {
        return Stream.of(
                Arguments.of("{\"x\":\"SECRET\"}", TypeRef.of(Point.class)),
                Arguments.of("{\"x\":1SECRET}", TypeRef.of(Point.class)),
                Arguments.of("SECRET", TypeRef.of(Point.class)),
                Arguments.of("\"SECRET", TypeRef.of(String.class)),
                Arguments.of("\"\\SECRET\"", TypeRef.of(String.class)),
                Arguments.of("1 \"SECRET\"", TypeRef.of(Integer.class)),
                Arguments.of("1 SECRET", TypeRef.of(Integer.class)),
                Arguments.of("\"SECRET\"", TypeRef.of(Color.class)),
                Arguments.of("\"SECRET\"", TypeRef.of(java.time.Instant.class)),
                Arguments.of("\"SECRET\"", TypeRef.of(java.util.UUID.class)),
                Arguments.of("\"SECRET\"", TypeRef.of(Character.class)),
                Arguments.of("\"SECRET!\"", TypeRef.of(byte[].class)),
                Arguments.of("\"SECRET\"", TypeRef.of(Double.class)),
                Arguments.of("\"SECRET\"", TypeRef.of(java.io.File[].class)),
                Arguments.of("\"SEC RET\"", TypeRef.of(java.net.URL.class)),
                Arguments.of("{\"@type\":\"SECRET\"}", TypeRef.of(Figure.class)),
                Arguments.of("{\"name\":{\"a\":\"SECRET\"}}", TypeRef.of(Bean.class)),
                Arguments.of("{\"when\":\"SECRET\"}", TypeRef.of(Bean.class)),
                Arguments.of("{\"point\":\"SECRET\"}", TypeRef.of(Bean.class)),
                Arguments.of("\"SECRET\"", TypeRef.of(Bean.class)));
    }

    private static void showsNoSecret(Throwable failure) {
        assertThat(failure).isInstanceOf(CodecException.class);
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain("SECRET").doesNotContain("SEC");
        }
    }

    private static Object proxy() {
        return Proxy.newProxyInstance(
                RefusalTest.class.getClassLoader(), new Class<?>[] {Supplier.class}, (self, method, arguments) -> "x");
    }

    private static List<TypeRef<?>> refs(Class<?>... types) {
        return Arrays.<Class<?>>stream(types).<TypeRef<?>>map(TypeRef::of).toList();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
