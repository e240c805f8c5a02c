package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a bean holds in containers comes back the same, or is refused, whatever the classes of the containers are. */
final class ContainersInBeansTest {
    private final Codec codec = JsonCodec.standard();

    /** Its setter changes what it is given, and it has no equality of its own. */
    public static class Shouting {
        private String text = "x";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text + "!";
        }
    }

    public static class Holding {
        public Collection<Shouting> some = List.of();
        public List<Shouting> list = List.of();
        public Set<Shouting> set = Set.of();
        public Map<String, Shouting> map = Map.of();
    }

    public static class Named {
        public ConcurrentMap<String, Integer> numbers = new ConcurrentHashMap<>();
        public Map<String, Integer> others = new HashMap<>();
        public Object anything = "";
    }

    private static Holding holding() {
        return new Holding();
    }

    static Stream<Holding> changed() {
        Shouting one = new Shouting();
        Holding list = holding();
        list.list = List.of(one);
        Holding arrayList = holding();
        arrayList.list = new ArrayList<>(List.of(one));
        Holding some = holding();
        some.some = List.of(one);
        Holding set = holding();
        set.set = new HashSet<>(Set.of(one));
        Holding map = holding();
        map.map = Map.of("a", one);
        Holding hashMap = holding();
        hashMap.map = new HashMap<>(Map.of("a", one));
        Holding linked = holding();
        linked.map = new LinkedHashMap<>(Map.of("a", one));
        return Stream.of(list, arrayList, some, set, map, hashMap, linked);
    }

    @ParameterizedTest
    @MethodSource("changed")
    void whatWouldChangeInsideAContainerIsRefused(Holding holding) {
        assertThatThrownBy(() -> codec.encode(holding, TypeRef.of(Holding.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("would come back as another one");
    }

    @Test
    void mapsComeBackWhateverTheOrderOfTheirKeysIs() {
        Named named = new Named();
        named.numbers = new ConcurrentHashMap<>(1 << 16);
        named.others = new HashMap<>(1 << 16);
        for (int i = 0; i < 200; i++) {
            named.numbers.put("key-" + i * 7919, i);
            named.others.put("key-" + i * 7919, i);
        }
        named.anything = List.of(Map.of("a", 1, "b", List.of(2)), Set.of("c"));

        Named back = codec.decode(codec.encode(named, TypeRef.of(Named.class)), TypeRef.of(Named.class));

        assertThat(back.numbers).isEqualTo(named.numbers);
        assertThat(back.others).isEqualTo(named.others);
    }
}
