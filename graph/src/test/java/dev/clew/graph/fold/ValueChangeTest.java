package dev.clew.graph.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.graph.fold.ValueChange.More;
import dev.clew.graph.fold.ValueChange.Put;
import dev.clew.graph.fold.ValueChange.Splice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What became of a value says no more than it must, and makes the same value again. */
final class ValueChangeTest {
    /** Equal to all others of its name, as entities are. */
    private record Entity(String name, int version) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entity that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private static @Nullable Object again(@Nullable Object before, @Nullable ValueChange change) {
        ChangedValue value = new ChangedValue(before);
        if (change != null) {
            value.apply(change);
        }
        return value.value();
    }

    private static @Nullable ValueChange lists(List<?> before, List<?> after) {
        return ValueChange.between(List.class, before, after);
    }

    @Test
    void aLongerListSaysWhatItHasMore() {
        assertThat(lists(List.of("a", "b"), List.of("a", "b", "c"))).isEqualTo(new More(List.of("c")));
        assertThat(ValueChange.between(String.class, "ab", "abc")).isEqualTo(new More("c"));
        assertThat(ValueChange.between(Set.class, Set.of("a"), new LinkedHashSet<>(List.of("a", "b"))))
                .isEqualTo(new More(Set.of("b")));
        assertThat(ValueChange.between(Map.class, Map.of("a", 1), Map.of("a", 2)))
                .isEqualTo(new More(Map.of("a", 2)));
    }

    @Test
    void aListThatHasLostElementsSaysWhichStay() {
        assertThat(lists(List.of("a", "b", "c"), List.of("b", "c", "d"))).isEqualTo(new Splice(1, 3, 3, List.of("d")));
        assertThat(lists(List.of("a", "b", "c"), List.of("a", "x", "c"))).isEqualTo(new Splice(0, 1, 2, List.of("x")));
        assertThat(lists(List.of("a", "b", "c"), List.of("a"))).isEqualTo(new Splice(0, 1, 3, List.of()));
        assertThat(lists(List.of("a"), List.of("x"))).isEqualTo(new Put(List.of("x")));
    }

    @Test
    void whatIsTheSameIsNoChange() {
        List<String> same = List.of("a");

        assertThat(ValueChange.between(List.class, same, same)).isNull();
        assertThat(ValueChange.between(Integer.class, null, null)).isNull();
    }

    @Test
    void anEqualElementIsNotTheSame() {
        Entity first = new Entity("a", 1);
        Entity second = new Entity("a", 2);
        Entity other = new Entity("b", 1);

        Object made = again(List.of(first, other), lists(List.of(first, other), List.of(second, other)));

        assertThat(((List<?>) made).get(0)).isSameAs(second);
        assertThat(ValueChange.between(Set.class, Set.of(first), Set.of(second)))
                .isInstanceOf(Put.class);
    }

    @Test
    void theOrderOfSetsAndMapsIsKept() {
        Set<String> before = new LinkedHashSet<>(List.of("a", "b"));
        Set<String> after = new LinkedHashSet<>(List.of("a", "x", "b"));
        Map<String, Integer> used = new LinkedHashMap<>(Map.of("a", 1));
        used.put("b", 1);
        Map<String, Integer> moved = new LinkedHashMap<>(Map.of("b", 1));
        moved.put("a", 1);

        assertThat(ValueChange.between(Set.class, before, after)).isInstanceOf(Put.class);
        assertThat(ValueChange.between(Map.class, used, moved)).isInstanceOf(Put.class);
    }

    @Test
    void manySameElementsDoNotTakeTheSquareOfTheirNumber() {
        List<String> before = new ArrayList<>(Collections.nCopies(200_000, "a"));
        before.set(0, "x");
        before.set(before.size() - 1, "y");
        List<String> after = new ArrayList<>(Collections.nCopies(200_000, "a"));

        assertThat(again(before, lists(before, after))).isEqualTo(after);
    }

    @Test
    void whatIsNoPartOfTheValueIsRefused() {
        assertThatThrownBy(() -> again(List.of("a"), new Splice(0, 1, 2, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> again(List.of("a"), new More(Map.of()))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> again(1, new More(List.of()))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyChangesMakeTheValueAgain() {
        Random random = new Random(20);
        for (int round = 0; round < 2_000; round++) {
            List<String> list = new ArrayList<>();
            SortedSet<String> set = new TreeSet<>();
            SortedMap<String, String> map = new TreeMap<>();
            ChangedValue lists = new ChangedValue(List.copyOf(list));
            ChangedValue sets = new ChangedValue(new TreeSet<>(set));
            ChangedValue maps = new ChangedValue(new TreeMap<>(map));
            for (int step = 0; step < 6; step++) {
                List<String> wasList = List.copyOf(list);
                SortedSet<String> wasSet = new TreeSet<>(set);
                SortedMap<String, String> wasMap = new TreeMap<>(map);
                change(random, list);
                change(random, set);
                map.put(word(random), word(random));
                apply(lists, ValueChange.between(List.class, wasList, List.copyOf(list)));
                apply(sets, ValueChange.between(SortedSet.class, wasSet, new TreeSet<>(set)));
                apply(maps, ValueChange.between(SortedMap.class, wasMap, new TreeMap<>(map)));
            }
            assertThat(lists.value()).isEqualTo(list);
            assertThat(sets.value()).isEqualTo(set);
            assertThat(maps.value()).isEqualTo(map);
        }
    }

    private static void apply(ChangedValue value, @Nullable ValueChange change) {
        if (change != null) {
            value.apply(change);
        }
    }

    private static String word(Random random) {
        return String.valueOf((char) ('a' + random.nextInt(8))).intern();
    }

    private static void change(Random random, Collection<String> words) {
        for (int i = random.nextInt(4); i > 0; i--) {
            words.add(word(random));
        }
        if (random.nextInt(3) == 0) {
            words.remove(word(random));
        }
        if (random.nextInt(4) == 0 && !words.isEmpty()) {
            words.remove(words.iterator().next());
        }
    }
}
