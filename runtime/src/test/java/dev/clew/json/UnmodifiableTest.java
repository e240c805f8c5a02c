package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Containers that are read unmodifiable, at every depth, and are else what they are when they are read as usual. */
final class UnmodifiableTest {
    private static final Codec CODEC = JsonCodec.standard();

    record Box(
            List<Map<String, Set<Integer>>> rows,
            SortedSet<String> sorted,
            NavigableMap<String, List<String>> index,
            Collection<String> many,
            Object plain,
            ArrayList<String> own) {}

    private static Box box() {
        return new Box(
                List.of(Map.of("k", Set.of(1))),
                new TreeSet<>(Set.of("a")),
                new TreeMap<>(Map.of("k", List.of("v"))),
                List.of("m"),
                List.of(Map.of("p", List.of(1))),
                new ArrayList<>(List.of("o")));
    }

    private static Box read(Codec codec) {
        TypeRef<Box> type = TypeRef.of(Box.class);
        return codec.decodeUnmodifiable(codec.encode(box(), type), type);
    }

    @Test
    void containersOfEveryDepthCannotBeChanged() {
        for (Codec codec : List.of(
                CODEC,
                EncryptingCodec.builder(CODEC)
                        .key("k", new SecretKeySpec(new byte[32], "AES"))
                        .build())) {
            Box box = read(codec);

            assertThat(box).isEqualTo(box());
            refuses(() -> box.rows().clear());
            refuses(() -> box.rows().get(0).remove("k"));
            refuses(() -> box.rows().get(0).get("k").clear());
            refuses(() -> box.sorted().add("b"));
            refuses(() -> box.index().firstEntry().getValue().add("w"));
            refuses(() -> box.index().clear());
            refuses(() -> box.many().clear());
            refuses(() -> ((List<?>) box.plain()).clear());
            refuses(() -> ((Map<?, ?>) ((List<?>) box.plain()).get(0)).clear());
        }
    }

    @Test
    void classesStayWhatTheyAre() {
        Box box = read(CODEC);

        box.own().add("p");

        assertThat(box.own()).containsExactly("o", "p");
        Deque<String> deque = CODEC.decodeUnmodifiable(
                CODEC.encode(List.of("d"), new TypeRef<List<String>>() {}), new TypeRef<Deque<String>>() {});
        deque.add("e");
        assertThat(deque).containsExactly("d", "e");
    }

    /** It changes its list by itself. */
    public static final class Bean {
        private List<String> names = new ArrayList<>();

        public List<String> getNames() {
            return names;
        }

        public void setNames(List<String> names) {
            this.names = names;
        }

        public void add(String name) {
            names.add(name);
        }
    }

    @Test
    void whatJacksonReadsStaysAsItIs() {
        Bean bean = new Bean();
        bean.add("a");
        TypeRef<List<Bean>> type = new TypeRef<List<Bean>>() {};

        List<Bean> read = CODEC.decodeUnmodifiable(CODEC.encode(List.of(bean), type), type);
        read.get(0).add("b");

        assertThat(read.get(0).getNames()).containsExactly("a", "b");
        refuses(read::clear);
    }

    @Test
    void othersReadModifiableOnes() {
        TypeRef<List<List<String>>> type = new TypeRef<List<List<String>>>() {};

        List<List<String>> read = CODEC.decode(CODEC.encode(List.of(List.of("a")), type), type);
        read.get(0).add("b");

        assertThat(read).containsExactly(List.of("a", "b"));
    }

    private static void refuses(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }
}
