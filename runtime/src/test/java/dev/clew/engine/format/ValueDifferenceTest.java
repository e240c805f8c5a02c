package dev.clew.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueDifferenceTest {
    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(5, 7, "it was 5 and is 7"),
                Arguments.of("5", 5, "it was \"5\" and is 5"),
                Arguments.of(null, "", "it was null and is \"\""),
                Arguments.of(map("a", 1, "b", 2), map("b", 3, "a", 1), "b was 2 and is 3"),
                Arguments.of(
                        map("a", map("b", List.of(1, 2))), map("a", map("b", List.of(1, 3))), "a.b[1] was 2 and is 3"),
                Arguments.of(List.of(1), List.of(1, 2), "[1] was missing and is 2"),
                Arguments.of(List.of(1, 2), List.of(1), "[1] was 2 and is missing"),
                Arguments.of(map("a", 1), map("b", 1), "a was 1 and is missing"),
                Arguments.of(map("a b", map("c", 1)), map("a b", map("c", 2)), "['a b'].c was 1 and is 2"),
                // A digest does not see the first difference of these, so the second one is the cause.
                Arguments.of(map("z", 1), map("a", null, "z", 2), "z was 1 and is 2"),
                Arguments.of(
                        map("z", 1),
                        map("a", 0, "b", "", "c", List.of(), "d", map("x", false), "z", 2),
                        "z was 1 and is 2"),
                Arguments.of(
                        map("a", List.of("x", "y"), "z", 1), map("a", List.of("y", "x"), "z", 2), "z was 1 and is 2"),
                // With no other difference, these are the cause.
                Arguments.of(map("z", 1), map("a", 0, "z", 1), "a was missing and is 0"),
                Arguments.of(List.of("x", "y"), List.of("y", "x"), "[0] was \"x\" and is \"y\""),
                Arguments.of(Arrays.asList(1, null), List.of(1), "[1] was null and is missing"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void namesTheFirstDifference(Object before, Object now, String text) {
        assertThat(ValueDifference.first(before, now)).isNotNull();
        assertThat(ValueDifference.first(before, now).text(50)).isEqualTo(text);
    }

    @Test
    void equalValuesHaveNone() {
        assertThat(ValueDifference.first(map("a", List.of(1, map("b", null))), map("a", List.of(1, map("b", null)))))
                .isNull();
    }

    @Test
    void longValuesAreCutBetweenCharacters() {
        for (int longest = 10; longest < 14; longest++) {
            String text = PlainText.of(map("k", List.of("😀".repeat(100))), longest);
            assertThat(text).endsWith("…").hasSizeLessThanOrEqualTo(longest + 1);
            assertThat(text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                    .isTrue();
        }
        assertThat(PlainText.of(List.of(1, 2), 100)).isEqualTo("[1, 2]");
        assertThat(PlainText.of(new java.util.ArrayList<>(java.util.Collections.nCopies(1_000_000, 1)), 20))
                .isEqualTo("[1, 1, 1, 1, 1, 1, 1…");
    }
}
