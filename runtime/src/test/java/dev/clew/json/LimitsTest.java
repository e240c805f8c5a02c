package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too deep, too large or endless is refused; the stack never overflows. */
final class LimitsTest {
    private final JsonCodec codec = JsonCodec.standard();

    record Chain(Chain next) {}

    record OptionalChain(Optional<OptionalChain> next) {}

    public static final class Link {
        private Link next;

        public Link getNext() {
            return next;
        }

        public void setNext(Link next) {
            this.next = next;
        }
    }

    /** Hashes by identity, so that it can contain itself. */
    private static final class Loop extends LinkedHashSet<Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public boolean equals(Object other) {
            return other == this;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 100_000, 1_000_000})
    void deepJsonIsRefused(int depth) {
        for (String open : List.of("[", "{\"next\":", "{\"@type\":\"x\",\"next\":", "{\"x\":1,\"next\":")) {
            byte[] json = open.repeat(depth).getBytes(StandardCharsets.UTF_8);
            refusesToRead(json, TypeRef.of(Object.class));
            refusesToRead(json, TypeRef.of(Chain.class));
            refusesToRead(json, TypeRef.of(Link.class));
            refusesToRead(json, TypeRef.of(Point.class));
            refusesToRead(json, TypeRef.of(Figure.class));
            refusesToRead(json, TypeRef.of(OptionalChain.class));
        }
    }

    @Test
    void depthUpToTheLimitComesBack() {
        Object list = 1;
        for (int i = 0; i < 500; i++) {
            list = List.of(list);
        }
        Object deepest = list;
        TypeRef<Object> type = TypeRef.of(Object.class);

        assertThat(codec.decode(codec.encode(deepest, type), type)).isEqualTo(deepest);
        refusesToWrite(List.of(deepest));
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 1_000_000})
    void deepValuesAreRefused(int depth) {
        Object list = List.of();
        Chain chain = null;
        OptionalChain optional = new OptionalChain(Optional.empty());
        Link link = null;
        Object set = Set.of();
        for (int i = 0; i < depth; i++) {
            list = new Object[] {list};
            chain = new Chain(chain);
            optional = new OptionalChain(Optional.of(optional));
            Link next = new Link();
            next.setNext(link);
            link = next;
        }

        refusesToWrite(list);
        refusesToWrite(chain);
        refusesToWrite(optional);
        refusesToWrite(link);
    }

    @Test
    void valuesThatContainThemselvesAreRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        Object[] array = new Object[1];
        array[0] = array;
        Link link = new Link();
        link.setNext(new Link());
        link.getNext().setNext(link);
        Set<Object> set = new Loop();
        set.add(List.of(set));

        refusesToWrite(list);
        refusesToWrite(map);
        refusesToWrite(array);
        refusesToWrite(link);
        refusesToWrite(List.of(set));
    }

    @Test
    void sizeIsLimitedBothWays() {
        JsonCodec small = JsonCodec.builder().maxBytes(100).build();
        TypeRef<String> text = TypeRef.of(String.class);
        TypeRef<List<String>> list = new TypeRef<>() {};

        assertThat(small.decode(small.encode("x".repeat(98), text), text)).hasSize(98);
        assertThatThrownBy(() -> small.encode("x".repeat(99), text)).hasMessageContaining("limit of 100 bytes");
        assertThatThrownBy(() -> small.encode(List.of("x".repeat(97)), list))
                .hasMessageContaining("limit of 100 bytes");
        assertThatThrownBy(() -> small.decode(codec.encode("x".repeat(99), text), text))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("limit of 100 bytes");
        assertThatThrownBy(() -> small.decodePlain(new byte[101])).hasMessageContaining("limit of 100 bytes");
    }

    @Test
    void largeTextsAndKeysComeBack() {
        String large = "ä".repeat(5_000_000);
        TypeRef<Map<String, String>> type = new TypeRef<>() {};

        assertThat(codec.decode(codec.encode(Map.of(large, large), type), type)).isEqualTo(Map.of(large, large));
    }

    @Test
    void hugeNumbersAreRefused() {
        byte[] digits = "9".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

        refusesToRead(digits, TypeRef.of(Object.class));
        refusesToRead(digits, TypeRef.of(Long.class));
        refusesToRead(digits, TypeRef.of(java.math.BigInteger.class));
        refusesToRead(digits, TypeRef.of(java.math.BigDecimal.class));
        refusesToRead("1e99999999999".getBytes(StandardCharsets.UTF_8), TypeRef.of(java.math.BigDecimal.class));
        refusesToRead("1e99999999999".getBytes(StandardCharsets.UTF_8), TypeRef.of(Object.class));
        refusesToRead("1e999999999".getBytes(StandardCharsets.UTF_8), TypeRef.of(Double.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "1 2", "1,", "{} {}", "[1", "{\"a\"", "nul", "nulll", "tru", "01", "-", "1.", "+1", "NaN",
                "'a'", "\"a", "[1,]", "{a:1}", "// c\n1", "\u0000"
            })
    void malformedJsonIsRefused(String json) {
        for (Class<?> type :
                List.of(Object.class, Integer.class, Long.class, String.class, Double.class, Boolean.class)) {
            refusesToRead(json.getBytes(StandardCharsets.UTF_8), TypeRef.of(type));
        }
        assertThatThrownBy(() -> codec.decodePlain(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> JsonCodec.builder().maxBytes(0))
                .isInstanceOf(ClewException.class)
                .hasMessageContaining("'maxBytes'");
        assertThatThrownBy(() -> JsonCodec.builder().maxDepth(-1)).hasMessageContaining("'maxDepth'");
    }

    private void refusesToRead(byte[] json, TypeRef<?> type) {
        assertThatThrownBy(() -> codec.decode(json, type)).isInstanceOf(CodecException.class);
    }

    private void refusesToWrite(Object value) {
        for (Class<?> type : List.of(Object.class, value.getClass())) {
            assertThatThrownBy(() -> codec.encode(value, TypeRef.of(type))).isInstanceOf(CodecException.class);
            assertThatThrownBy(() -> codec.digest(new Object[] {value}, List.of(TypeRef.of(type))))
                    .isInstanceOf(CodecException.class);
        }
    }
}
