package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.form.Texts;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For all values: the copy is equal, writes the same bytes and has the same digest. */
final class RandomValuesTest {
    private final Codec codec = JsonCodec.standard();

    record Tree(String label, Map<String, Tree> children, Optional<Figure> figure, Set<Long> marks) {}

    @Property
    void trees(@ForAll("trees") Tree tree) {
        returns(tree, TypeRef.of(Tree.class));
    }

    @Property
    void plainData(@ForAll("plain") Object value) {
        returns(value, TypeRef.of(Object.class));
    }

    @Property
    void texts(@ForAll String text) {
        returns(text, TypeRef.of(String.class));
        returns(List.of(text), new TypeRef<List<String>>() {});
    }

    @Property
    void doubles(@ForAll("bits") long bits) {
        double value = Double.longBitsToDouble(bits);
        returns(value, TypeRef.of(Double.class));
        returns(List.of(value), new TypeRef<List<Double>>() {});
        returns((float) value, TypeRef.of(Float.class));
    }

    @Property
    void numbers(@ForAll long whole, @ForAll BigInteger big, @ForAll("decimals") BigDecimal decimal) {
        returns(whole, TypeRef.of(Long.class));
        returns((int) whole, TypeRef.of(Integer.class));
        returns(big, TypeRef.of(BigInteger.class));
        returns(decimal, TypeRef.of(BigDecimal.class));
    }

    @Property
    void instants(@ForAll Instant instant) {
        returns(Map.of(instant, instant), new TypeRef<Map<Instant, Instant>>() {});
    }

    @Property
    void bytes(@ForAll byte[] bytes) {
        assertThat(codec.decode(codec.encode(bytes, TypeRef.of(byte[].class)), TypeRef.of(byte[].class)))
                .isEqualTo(bytes);
    }

    @Property
    void orderOfEntriesDoesNotChangeTheDigest(@ForAll("maps") Map<String, Object> map) {
        List<Map.Entry<String, Object>> entries = new java.util.ArrayList<>(map.entrySet());
        Collections.reverse(entries);
        Map<String, Object> reversed = new LinkedHashMap<>();
        entries.forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));

        assertThat(digest(reversed, TypeRef.of(Object.class))).isEqualTo(digest(map, TypeRef.of(Object.class)));
    }

    @Property
    void brokenBytesAreReadOrRefused(@ForAll("trees") Tree tree, @ForAll int position, @ForAll byte changed) {
        byte[] bytes = codec.encode(tree, TypeRef.of(Tree.class));
        bytes[Math.floorMod(position, bytes.length)] = changed;

        for (TypeRef<?> type : List.of(TypeRef.of(Tree.class), TypeRef.of(Object.class), TypeRef.of(Bean.class))) {
            try {
                codec.decode(bytes, type);
            } catch (CodecException e) {
                assertThat(e.path()).startsWith("$");
            }
        }
    }

    @Property
    void cutBytesAreRefused(@ForAll("trees") Tree tree, @ForAll int position) {
        byte[] bytes = codec.encode(tree, TypeRef.of(Tree.class));
        byte[] cut = Arrays.copyOf(bytes, Math.floorMod(position, bytes.length));

        assertThatThrownBy(() -> codec.decode(cut, TypeRef.of(Tree.class))).isInstanceOf(CodecException.class);
    }

    @Provide
    Arbitrary<Tree> trees() {
        return Arbitraries.recursive(
                () -> leaf(Arbitraries.just(Map.of())),
                children -> leaf(Arbitraries.maps(keys(), children).ofMaxSize(3)),
                0,
                4);
    }

    private static Arbitrary<Tree> leaf(Arbitrary<Map<String, Tree>> children) {
        Arbitrary<Figure> figures = Arbitraries.oneOf(
                Arbitraries.doubles().map(Figure.Circle::new),
                Arbitraries.integers().map(Figure.Polygon.Square::new),
                Arbitraries.just(Figure.Special.NONE),
                Arbitraries.integers().map(size -> new Figure.Blob("b", size)));
        return Combinators.combine(
                        Arbitraries.strings().injectNull(0.1),
                        children,
                        figures.optional(),
                        Arbitraries.longs().set().ofMaxSize(4))
                .as((label, below, figure, marks) -> new Tree(label, below, figure, new LinkedHashSet<>(marks)));
    }

    @Provide
    Arbitrary<Object> plain() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.strings().map(value -> value),
                () -> Arbitraries.integers().map(value -> value),
                () -> Arbitraries.longs().greaterOrEqual(1L << 32).map(value -> value),
                () -> Arbitraries.doubles().map(value -> value),
                () -> Arbitraries.of(true, false),
                () -> Arbitraries.just(new BigDecimal("1.10")),
                () -> plain().injectNull(0.1).list().ofMaxSize(3).map(value -> value),
                () -> maps().map(value -> value));
    }

    @Provide
    Arbitrary<Map<String, Object>> maps() {
        return Arbitraries.maps(keys(), Arbitraries.lazy(this::plain).injectNull(0.1))
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<Long> bits() {
        return Arbitraries.longs();
    }

    @Provide
    Arbitrary<BigDecimal> decimals() {
        return Combinators.combine(
                        Arbitraries.bigIntegers(), Arbitraries.integers().between(-400, 400))
                .as(BigDecimal::new);
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.strings().ofMaxLength(8).filter(Texts::isWellFormed);
    }

    private <T> void returns(T value, TypeRef<T> type) {
        byte[] bytes = codec.encode(value, type);
        T copy = codec.decode(bytes, type);

        assertThat(copy).isEqualTo(value);
        assertThat(codec.encode(copy, type)).isEqualTo(bytes);
        assertThat(digest(copy, type)).isEqualTo(digest(value, type));
    }

    private byte[] digest(Object value, TypeRef<?> type) {
        return codec.digest(new Object[] {value}, List.of(type));
    }
}
