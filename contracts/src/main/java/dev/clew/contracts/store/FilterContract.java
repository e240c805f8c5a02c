package dev.clew.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.clew.store.FieldPath;
import dev.clew.store.Filter;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.value.ClewException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What filters mean. */
public abstract class FilterContract extends StoreFixture {
    private static final BigInteger HUGE = BigInteger.TWO.pow(80);

    public record Person(String name, LocalDate born, Thread.State state) {}

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @MethodSource
    @Tag("B264")
    @Tag("B265")
    void valuesAreEqual(Object member, Object value, boolean equal) {
        putMember(member);

        assertThat(found(Filter.eq("m", value))).isEqualTo(equal);
        assertThat(found(Filter.ne("m", value))).isEqualTo(!equal);
        assertThat(found(Filter.of(values("m", values("$eq", value))))).isEqualTo(equal);
        assertThat(found(Filter.of(values("m", values("$ne", value))))).isEqualTo(!equal);
    }

    static Stream<Arguments> valuesAreEqual() {
        return Stream.of(
                arguments("a", "a", true),
                arguments("a", "A", false),
                arguments("", "", true),
                arguments("", null, false),
                arguments("\u00e9", "e\u0301", false),
                arguments(1, 1, true),
                arguments(1, 1L, true),
                arguments(1, 1.0, true),
                arguments(1, new BigDecimal("1.00"), true),
                arguments(1.5, new BigDecimal("1.5"), true),
                arguments(0.1, new BigDecimal("0.1"), true),
                arguments(-0.0, 0, true),
                arguments((1L << 53) + 1, (double) (1L << 53), false),
                arguments(Long.MAX_VALUE, BigInteger.valueOf(Long.MAX_VALUE), true),
                arguments(HUGE, new BigDecimal(HUGE).setScale(3), true),
                arguments(HUGE, HUGE.add(BigInteger.ONE), false),
                arguments(new BigDecimal("0.12345678901234567890"), 0.12345678901234568, false),
                arguments(1, "1", false),
                arguments(1, true, false),
                arguments(0, false, false),
                arguments(0, null, false),
                arguments(false, null, false),
                arguments(true, true, true),
                arguments(null, null, true),
                arguments(null, false, false),
                arguments(null, 0, false),
                arguments(null, "", false),
                arguments(null, List.of(), false),
                arguments("null", null, false),
                arguments(List.of(1, "a"), List.of(1.0, "a"), true),
                arguments(List.of(1, "a"), List.of("a", 1), false),
                arguments(List.of(1), 1, false),
                arguments(Arrays.asList(1, null), List.of(1), false),
                arguments(Map.of("a", 1, "b", Map.of("c", 2)), Map.of("b", Map.of("c", 2.0), "a", 1), true),
                arguments(Map.of("a", 1, "b", 2), Map.of("a", 1), false),
                arguments(values("a", null), Map.of(), true),
                arguments(Thread.State.NEW, Thread.State.NEW, true),
                arguments(Thread.State.NEW, "NEW", true),
                arguments(LocalDate.of(2030, 1, 2), LocalDate.of(2030, 1, 2), true));
    }

    @Test
    @Tag("B265")
    void missingMemberEqualsNullAndNothingElse() {
        store().put(NOTES, "k", Map.of("other", 1));

        assertThat(found(Filter.eq("m", null))).isTrue();
        assertThat(found(Filter.ne("m", null))).isFalse();
        for (Object value : List.of(false, 0, "", List.of(), Map.of())) {
            assertThat(found(Filter.eq("m", value))).isFalse();
            assertThat(found(Filter.ne("m", value))).isTrue();
        }
    }

    /** The order is -1, 0, 1, or null where there is none. */
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @MethodSource
    @Tag("B264")
    @Tag("B265")
    void valuesAreOrdered(Object member, Object value, Integer order) {
        putMember(member);

        assertThat(found(Filter.gt("m", value))).isEqualTo(order != null && order > 0);
        assertThat(found(Filter.gte("m", value))).isEqualTo(order != null && order >= 0);
        assertThat(found(Filter.lt("m", value))).isEqualTo(order != null && order < 0);
        assertThat(found(Filter.lte("m", value))).isEqualTo(order != null && order <= 0);
        assertThat(found(Filter.of(Map.of("m", Map.of("$gt", value))))).isEqualTo(order != null && order > 0);
        assertThat(found(Filter.of(Map.of("m", Map.of("$gte", value))))).isEqualTo(order != null && order >= 0);
        assertThat(found(Filter.of(Map.of("m", Map.of("$lt", value))))).isEqualTo(order != null && order < 0);
        assertThat(found(Filter.of(Map.of("m", Map.of("$lte", value))))).isEqualTo(order != null && order <= 0);
    }

    static Stream<Arguments> valuesAreOrdered() {
        return Stream.of(
                arguments(9, 10, -1),
                arguments(10, 9.5, 1),
                arguments(10, 10.0, 0),
                arguments(-0.0, 0.0, 0),
                arguments((1L << 53) + 1, (double) (1L << 53), 1),
                arguments(HUGE, Long.MAX_VALUE, 1),
                arguments(1e300, HUGE, 1),
                arguments(new BigDecimal("1e-400"), 0, 1),
                arguments("10", "9", -1),
                arguments("a", "b", -1),
                arguments("a", "ab", -1),
                arguments("Z", "a", -1),
                arguments("\uFFFD", "\uD83E\uDD8A", -1),
                arguments(LocalDate.of(2030, 1, 2), LocalDate.of(2029, 12, 31), 1),
                arguments("9", 10, null),
                arguments(10, "9", null),
                arguments(null, 0, null),
                arguments(null, "", null),
                arguments(true, 0, null),
                arguments(List.of(5), 3, null),
                arguments(Map.of("a", 5), 3, null));
    }

    @Test
    @Tag("B265")
    void missingMemberHasNoOrder() {
        store().put(NOTES, "k", Map.of("other", 1));

        assertThat(found(Filter.lt("m", 5))).isFalse();
        assertThat(found(Filter.gte("m", 0))).isFalse();
        assertThat(found(Filter.lte("m", "z"))).isFalse();
    }

    @Test
    void valueWithoutAnOrderIsRefused() {
        store().put(NOTES, "k", Map.of("m", 1));

        for (Object value : List.of(true, List.of(1), Map.of("a", 1))) {
            assertThatExceptionOfType(ClewException.class)
                    .isThrownBy(() -> found(Filter.gt("m", value)))
                    .withMessageContaining("'m'")
                    .withMessageContaining("$gt");
        }
        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> found(Filter.lte("m", null)));
    }

    @Test
    void valueWithoutAStoredFormIsRefused() {
        store().put(NOTES, "k", Map.of("m", 1));

        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> found(Filter.eq("m", Thread.currentThread())));
    }

    @Test
    @Tag("B264")
    void allPartsOfAFilterMustHold() {
        store().put(NOTES, "k", Map.of("lang", "de", "stars", 4));

        assertThat(found(Filter.and(Filter.eq("lang", "de"), Filter.gte("stars", 4))))
                .isTrue();
        assertThat(found(Filter.and(Filter.eq("lang", "de"), Filter.gt("stars", 4))))
                .isFalse();
        assertThat(found(Filter.and())).isTrue();
        assertThat(found(Filter.of(Map.of("lang", "de", "stars", Map.of("$gt", 3, "$lt", 5)))))
                .isTrue();
        assertThat(found(Filter.of(Map.of("lang", "de", "stars", Map.of("$gt", 3, "$lt", 4)))))
                .isFalse();
        assertThat(found(Filter.of(Map.of()))).isTrue();
    }

    @Test
    @Tag("B264")
    void pathsLeadDown() {
        store().put(
                        NOTES,
                        "k",
                        Map.of(
                                "author", Map.of("name", "Ann", "tags", List.of("a", "b")),
                                "lines", List.of(Map.of("n", 1), Map.of("n", 2)),
                                "a.b", 7,
                                "x[0]", 8,
                                "", 9));

        assertThat(found(Filter.eq("author.name", "Ann"))).isTrue();
        assertThat(found(Filter.eq("$.author.name", "Ann"))).isTrue();
        assertThat(found(Filter.eq("author.tags[0]", "a"))).isTrue();
        assertThat(found(Filter.eq("author.tags[-1]", "b"))).isTrue();
        assertThat(found(Filter.eq("author.tags[2]", null))).isTrue();
        assertThat(found(Filter.eq("author.tags[-3]", null))).isTrue();
        assertThat(found(Filter.gt("lines[1].n", 1))).isTrue();
        assertThat(found(Filter.eq("author.name.first", null))).isTrue();
        assertThat(found(Filter.eq("author[0]", null))).isTrue();
        assertThat(found(Filter.eq("lines.n", null))).isTrue();
        assertThat(found(Filter.eq("a.b", 7))).isFalse();
        assertThat(found(Filter.eq("a\\.b", 7))).isTrue();
        assertThat(found(Filter.eq("x\\[0\\]", 8))).isTrue();
        assertThat(found(Filter.eq(FieldPath.of("a.b"), 7))).isTrue();
        assertThat(found(Filter.eq(FieldPath.of(""), 9))).isTrue();
        assertThat(found(Filter.of(Map.of("author.name", "Ann")))).isTrue();
    }

    @Test
    void documentItselfCanBeCompared() {
        store().put(NOTES, "k", Map.of("a", 1));

        assertThat(found(Filter.eq("$", Map.of("a", 1)))).isTrue();
        assertThat(found(Filter.eq("$", Map.of("a", 2)))).isFalse();
    }

    @Test
    void membersOfRecordsAreComparedInTheirStoredForm() {
        store().put(NOTES, "k", new Person("Ann", LocalDate.of(1999, 12, 31), Thread.State.BLOCKED));

        assertThat(found(Filter.and(
                        Filter.eq("state", Thread.State.BLOCKED),
                        Filter.lt("born", LocalDate.of(2000, 1, 1)),
                        Filter.eq("name", "Ann"))))
                .isTrue();
        assertThat(found(Filter.eq("$", new Person("Ann", LocalDate.of(1999, 12, 31), Thread.State.BLOCKED))))
                .isTrue();
    }

    @Test
    @Tag("B264")
    void unknownOperatorIsRefused() {
        for (Map<String, ?> unknown : List.of(
                Map.of("m", Map.of("$in", List.of(1))),
                Map.of("m", Map.of("$", 1)),
                Map.of("m", Map.of("$GT", 1)),
                Map.of("$or", List.of()),
                Map.of("m", Map.of("$gt", 1, "other", 2)))) {
            assertThatExceptionOfType(ClewException.class).isThrownBy(() -> Filter.of(unknown));
        }
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> Filter.of(Map.of("m", Map.of("$regex", "x"))))
                .withMessageContaining("'$regex'")
                .withMessageContaining("$gte");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[0", "a]", "a[0]b", "a[1e9]", "a\\", "[0]b", "$."
            })
    void pathThatIsNoneIsRefused(String path) {
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> Filter.eq(path, 1))
                .withMessageContaining("'" + path + "'");
    }

    @Test
    void filterOfManyMembersIsRefused() {
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> Filter.eq("lines[*].n", 1))
                .withMessageContaining("lines[*].n");
    }

    /** Of the kind of LangGraph's CVE-2025-8709 and CVE-2025-67644. */
    private static final List<String> ATTEMPTS = List.of(
            "lang') OR 1=1 --",
            "lang' OR '1'='1",
            "lang\") = 'x' OR 1=1 --",
            "'; DELETE FROM document; --",
            "lang', '$') IS NOT NULL OR json_extract(value, '$",
            "lang) UNION SELECT content FROM document --",
            "$lang",
            "%",
            "lang\u0000",
            "\"lang\"",
            "lang--",
            "lang/**/OR/**/1");

    @Test
    @Tag("B266")
    void pathsAreDataAndNeverPartOfAQuery() {
        store().put(NOTES, "k", Map.of("lang", "de"));
        for (String attempt : ATTEMPTS) {
            assertThat(found(Filter.eq(FieldPath.of(attempt), "de")))
                    .as(attempt)
                    .isFalse();
            assertThat(found(Filter.eq(FieldPath.of(attempt), null)))
                    .as(attempt)
                    .isTrue();
            assertThat(found(Filter.and(Filter.eq(FieldPath.of(attempt), 1), Filter.eq("lang", "de"))))
                    .isFalse();
        }
        assertThat(found(Filter.eq("lang", "de"))).isTrue();
        assertThat(store().listNamespaces()).containsExactly(NOTES);
    }

    @Test
    @Tag("B266")
    void memberMayHaveAnyName() {
        Map<String, Object> document = new LinkedHashMap<>();
        for (String attempt : ATTEMPTS) {
            document.put(attempt, attempt.length());
        }
        store().put(NOTES, "k", document);

        assertThat(ATTEMPTS)
                .allSatisfy(attempt -> assertThat(found(Filter.eq(FieldPath.of(attempt), attempt.length())))
                        .isTrue());
    }

    @Test
    @Tag("B266")
    void valuesAreDataAndNeverPartOfAQuery() {
        store().put(NOTES, "k", Map.of("lang", "de"));
        for (String attempt : ATTEMPTS) {
            assertThat(found(Filter.eq("lang", attempt))).as(attempt).isFalse();
            assertThat(found(Filter.ne("lang", attempt))).as(attempt).isTrue();
        }
        assertThat(found(Filter.eq("lang", "de' OR '1'='1"))).isFalse();
        store().put(NOTES, "k", Map.of("lang", ATTEMPTS.get(3)));
        assertThat(found(Filter.eq("lang", ATTEMPTS.get(3)))).isTrue();
    }

    @Test
    void refusedFilterChangesNothing() {
        store().put(NOTES, "k", Map.of("m", true));

        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() ->
                        store().batch(Put.of(NOTES, "k", Map.of("m", false)), notes().filter(Filter.gt("m", true))));

        assertThat(found(Filter.eq("m", true))).isTrue();
    }

    private void putMember(Object member) {
        store().put(NOTES, "k", values("m", member));
    }

    /** Unlike those of {@code Map.of}, these may be null. */
    private static Map<String, Object> values(String name, Object value) {
        Map<String, Object> values = new HashMap<>();
        values.put(name, value);
        return new TreeMap<>(values);
    }

    private boolean found(Filter filter) {
        return !store().search(Search.in(NOTES, Object.class).filter(filter)).isEmpty();
    }
}
