package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.form.Limits;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The digest sees what a step was called with, and not how it happens to be written. */
final class DigestTest {
    private final Codec codec = JsonCodec.standard();

    record V1(String name) {}

    record V2(
            int count,
            String name,
            boolean flag,
            double real,
            BigDecimal price,
            String text,
            List<String> list,
            Map<String, String> map,
            Optional<String> note,
            int[] array,
            char letter,
            Nested nested) {}

    record Nested(int x, Deeper deeper) {}

    record Deeper(boolean flag) {}

    record Wrapper(List<V1> items) {}

    record WrapperV2(List<V2> items, Object extra) {}

    @Test
    void orderOfKeysAndElementsOfSetsDoesNotMatter() {
        Map<String, Integer> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", 2);
        Map<String, Integer> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", 1);

        assertThat(digest(one, Object.class)).isEqualTo(digest(other, Object.class));
        assertThat(digest(set("x", "y", "z"), Set.class)).isEqualTo(digest(set("z", "x", "y"), Set.class));
        assertThat(digest(set(set(1, 2), set(3)), Set.class)).isEqualTo(digest(set(set(3), set(2, 1)), Set.class));
        assertThat(digest(List.of(1, 2), List.class)).isNotEqualTo(digest(List.of(2, 1), List.class));
    }

    @Test
    void orderOfComponentsDoesNotMatter() {
        record Swapped(int y, int x) {}

        assertThat(digest(new Point(1, 2), Point.class)).isEqualTo(digest(new Swapped(2, 1), Swapped.class));
        assertThat(digest(new Point(1, 2), Point.class)).isNotEqualTo(digest(new Point(2, 1), Point.class));
    }

    @Test
    void newMembersThatAreEmptyDoNotChangeIt() {
        V2 nulls = new V2(0, "n", false, 0, null, null, null, null, Optional.empty(), null, (char) 0, null);
        V2 empties = new V2(
                0,
                "n",
                false,
                -0d,
                new BigDecimal("0.00"),
                "",
                List.of(),
                Map.of(),
                Optional.empty(),
                new int[0],
                (char) 0,
                new Nested(0, new Deeper(false)));
        String expected = digest(new V1("n"), V1.class);

        assertThat(digest(nulls, V2.class)).isEqualTo(expected);
        assertThat(digest(empties, V2.class)).isEqualTo(expected);
        assertThat(digest(new WrapperV2(List.of(nulls, empties), null), WrapperV2.class))
                .isEqualTo(digest(new Wrapper(List.of(new V1("n"), new V1("n"))), Wrapper.class));
    }

    @Test
    void newMembersWithAValueChangeIt() {
        V2 used = new V2(0, "n", false, 0, null, null, null, null, Optional.of(""), null, (char) 0, null);
        V2 nested = new V2(
                0,
                "n",
                false,
                0,
                null,
                null,
                null,
                null,
                Optional.empty(),
                null,
                (char) 0,
                new Nested(0, new Deeper(true)));

        assertThat(digest(used, V2.class)).isNotEqualTo(digest(new V1("n"), V1.class));
        assertThat(digest(nested, V2.class)).isNotEqualTo(digest(new V1("n"), V1.class));
    }

    @Test
    void argumentsElementsAndEntriesAreNeverLeftOut() {
        List<String> different = List.of(
                digest(null, Object.class),
                digest("", Object.class),
                digest(0, Object.class),
                digest(false, Object.class),
                digest(List.of(), Object.class),
                digest(Map.of(), Object.class),
                digest(new int[] {0}, Object.class),
                digest(new int[] {0, 0}, Object.class),
                digest(Arrays.asList(0, null), Object.class),
                digest(Collections.singletonMap("a", null), Object.class),
                digest(Collections.singletonMap("a", 0), Object.class),
                digest(Collections.singletonMap("b", 0), Object.class),
                digest(set(0), Object.class) + "as list");

        assertThat(different).doesNotHaveDuplicates();
        assertThat(digest(new Empty(), Empty.class)).isEqualTo(digest(Map.of(), Map.class));
    }

    @Test
    void argumentsKeepTheirBoundaries() {
        assertThat(Set.of(
                        digests(),
                        digests("a"),
                        digests("a", "b"),
                        digests("ab"),
                        digests("a,b"),
                        digests("a\",\"b"),
                        digests("a", null),
                        digests(null, "a"),
                        digests(List.of("a", "b")),
                        digests(List.of("a"), "b")))
                .hasSize(10);
    }

    @Test
    void numbersDifferByTheirText() {
        assertThat(digest(new BigDecimal("1.0"), BigDecimal.class))
                .isNotEqualTo(digest(new BigDecimal("1.00"), BigDecimal.class));
        assertThat(digest(5, Integer.class)).isEqualTo(digest(5L, Long.class));
        assertThat(digest(5, Integer.class)).isNotEqualTo(digest("5", String.class));
    }

    @Test
    void permittedClassesDiffer() {
        assertThat(digest(new Outcome.Ok<>(1), Outcome.class))
                .isNotEqualTo(digest(new Outcome.Bad<>("1"), Outcome.class));
        assertThat(digest(new Outcome.Ok<>(null), Outcome.class))
                .isNotEqualTo(digest(new Outcome.Bad<>(null), Outcome.class));
        assertThat(digest(Figure.Special.NONE, Object.class)).isEqualTo(digest(Figure.Special.NONE, Figure.class));
    }

    @Test
    void setsWithinBeansAreSortedToo() {
        Bean one = Bean.of("n", new Figure.Circle(1));
        Bean other = Bean.of("n", new Figure.Circle(1));
        one.setNumbers(new LinkedHashSet<>(List.of(1, 2)));
        other.setNumbers(new LinkedHashSet<>(List.of(2, 1)));

        assertThat(digest(one, Bean.class)).isEqualTo(digest(other, Bean.class));
    }

    @Test
    void shortWayAndLongWayAgree() {
        for (Object value : Arrays.asList("", "text", "ä\"\n", 0, -7, 1L << 60, true, false, 1.5, -0d, 1e-300, null)) {
            Class<?> type = value == null ? Object.class : value.getClass();
            String alone = digest(value, type);

            assertThat(digest(value, Object.class)).isEqualTo(alone);
            byte[] form = ("[" + json(value) + "]").getBytes(StandardCharsets.UTF_8);
            assertThat(hex(Sha.begin(Limits.DEFAULT).add(form).end())).isEqualTo(alone);
        }
    }

    /** These digests are stored: a change of any of them strands every parked thread. */
    @Test
    void formIsFixed() {
        assertThat(digest("rain", String.class)).isEqualTo("aa44b9c1e6cae9515570d8df");
        assertThat(digest(Everything.of("text"), Everything.class)).isEqualTo("ab316191d824f24a3268b638");
        assertThat(digest(2e23, Double.class)).isEqualTo("471fed324338c79956e0491e");
        assertThat(digest(Bean.of("n", new Figure.Blob("b", 1)), Bean.class)).isEqualTo("f4bd4535f056310478e29cfa");
    }

    @Test
    void everyValueNeedsAType() {
        assertThatThrownBy(() -> codec.digest(new Object[] {1}, List.of())).isInstanceOf(ClewException.class);
    }

    private String json(Object value) {
        Map<String, Object> map = new HashMap<>();
        map.put("k", value);
        String json = new String(codec.encode(map, TypeRef.of(Object.class)), StandardCharsets.UTF_8);
        return json.substring("{\"k\":".length(), json.length() - 1);
    }

    private String digest(Object value, Class<?> type) {
        return hex(codec.digest(new Object[] {value}, List.of(TypeRef.of(type))));
    }

    private String digests(Object... values) {
        return hex(codec.digest(values, Collections.nCopies(values.length, TypeRef.of(Object.class))));
    }

    private static String hex(byte[] digest) {
        assertThat(digest).hasSize(12);
        return HexFormat.of().formatHex(digest);
    }

    private static Set<Object> set(Object... values) {
        return new LinkedHashSet<>(Arrays.asList(values));
    }
}
