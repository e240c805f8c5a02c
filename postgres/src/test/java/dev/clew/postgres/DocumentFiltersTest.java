package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.json.JsonCodec;
import dev.clew.store.FieldPath;
import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.NamespaceQuery;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.ShelfSearch;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.value.IllegalRequestException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database evaluates of filters gives the same answers as a store that keeps an index in memory. */
final class DocumentFiltersTest {
    private static final Namespace NOTES = Namespace.of("users", "ann", "notes");
    private static final Instant NOW = Instant.parse("2031-01-02T03:04:05Z");

    private static final List<String> NAMES =
            List.of("a", "b", "0", "-1", "a.b", "", "x'y", "\u0000", "\u0001", "\uD83E\uDD8A");

    private final TestServer server = TestServer.shared();
    private final String schema = server.freshSchema();
    private final Store expected = Store.inMemory(StoreOptions.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));
    private Postgres db;

    @BeforeEach
    void open() {
        db = Postgres.of(
                server.pool(),
                PostgresOptions.defaults().schema(schema).connections(3),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws SQLException {
        db.close();
        server.execute("DROP SCHEMA " + schema + " CASCADE");
    }

    @Test
    void randomFiltersFindTheSameDocumentsAsInMemory() {
        Random random = new Random(7);
        List<Put> puts = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Map<String, Object> document = new LinkedHashMap<>();
            for (int members = random.nextInt(4); members >= 0; members--) {
                document.put(name(random), value(random, 3));
            }
            puts.add(Put.of(NOTES.child("n" + random.nextInt(3)), "k" + i, document));
        }
        db.store().batch(puts);
        expected.batch(puts);

        int found = 0;
        for (int i = 0; i < 1_500; i++) {
            Search<Object> search = Search.in(NOTES, Object.class)
                    .filter(filter(random))
                    .limit(1 + random.nextInt(200))
                    .offset(random.nextInt(3));
            List<String> keys = keys(expected, search);
            assertThat(keys(db.store(), search).equals(keys))
                    .as("filter %d: %s", i, search.filter())
                    .isTrue();
            found += keys.size();
        }
        assertThat(found).isGreaterThan(5_000);
    }

    @Test
    void rowsThatDoNotPassAreNotEvenShown() {
        for (int i = 0; i < 50; i++) {
            db.store().put(NOTES, "k" + i, Map.of("n", i, "text", "t" + i, "list", List.of(i)));
        }
        PostgresShelf shelf = (PostgresShelf) db.shelf();

        for (Filter filter : List.of(
                Filter.eq("n", 7.0),
                Filter.eq("list[-1]", 7),
                Filter.gt("n", 48),
                Filter.gte("text", "t9"),
                Filter.and(Filter.lt("n", 8), Filter.ne("n", 0), Filter.eq("text", "t7")))) {
            List<String> shown = new ArrayList<>();
            shelf.search(
                    new ShelfSearch(NOTES, filter.conditions(JsonCodec.standard()), NOW, 10),
                    row -> shown.add(row.key()));
            assertThat(shown).as(filter.toString()).hasSize(1);
        }
    }

    @Test
    void documentsThatTheDatabaseCannotLookIntoAreFoundAllTheSame() {
        BigDecimal tiny = new BigDecimal("1e-30000");
        db.store().put(NOTES, "tiny", Map.of("n", tiny, "lang", "en"));
        db.store().put(NOTES, "large", Map.of("text", "x".repeat(2 << 20), "lang", "en"));
        db.store().put(NOTES, "other", Map.of("n", 1, "lang", "de"));

        Search<Object> english = Search.in(NOTES, Object.class).filter(Filter.eq("lang", "en"));
        assertThat(keys(db.store(), english)).containsExactlyInAnyOrder("tiny", "large");
        assertThat(keys(db.store(), Search.in(NOTES, Object.class).filter(Filter.eq("n", tiny))))
                .containsExactly("tiny");
        assertThat(keys(db.store(), Search.in(NOTES, Object.class).filter(Filter.gt("n", tiny))))
                .containsExactly("other");
    }

    @Test
    void namespacesAreOrderedAndLimitedAsInMemory() {
        List<Put> puts = new ArrayList<>();
        for (String text :
                List.of("a", "a.b", "a.b.c", "a!", "a!.b", "ab", "b.a", "b.c", "\uFFFD.x", "\uD83E\uDD8A.x")) {
            puts.add(Put.of(Namespace.parse(text), "k", Map.of("a", 1)));
        }
        puts.add(Put.of(Namespace.of("gone"), "k", Map.of("a", 1)).timeToLive(Duration.ofSeconds(1)));
        db.store().batch(puts);
        expected.batch(puts);
        List<NamespaceQuery> queries = List.of(
                NamespaceQuery.all(),
                NamespaceQuery.all().prefix("a"),
                NamespaceQuery.all().prefix("a", "*"),
                NamespaceQuery.all().prefix("*", "b"),
                NamespaceQuery.all().suffix("b"),
                NamespaceQuery.all().maxDepth(1),
                NamespaceQuery.all().maxDepth(1).offset(1).limit(2),
                NamespaceQuery.all().prefix("none"));

        for (NamespaceQuery query : queries) {
            assertThat(db.store().listNamespaces(query)).as(query.toString()).isEqualTo(expected.listNamespaces(query));
        }
        for (String prefix : List.of("a", "a.b", "a!", "b", "\uFFFD")) {
            Search<Object> below = Search.in(Namespace.parse(prefix), Object.class);
            assertThat(db.store().search(below)).hasSameSizeAs(expected.search(below));
        }
    }

    @Test
    void namesThatNoKeyOfTheDatabaseCouldHaveAreRefused() {
        assertThatExceptionOfType(IllegalRequestException.class)
                .isThrownBy(() -> db.store().put(NOTES, "\u00e9".repeat(751), Map.of("a", 1)))
                .withMessageContaining("1502 bytes")
                .withMessageContaining("1500");
        Namespace deep = Namespace.of("a".repeat(1_001));
        assertThatExceptionOfType(IllegalRequestException.class)
                .isThrownBy(() -> db.store().put(deep, "k", Map.of("a", 1)))
                .withMessageContaining("1000");
        Namespace longest = Namespace.of("a".repeat(1_000));
        Random random = new Random(1);
        StringBuilder key = new StringBuilder();
        random.ints(1_500, 'a', 'z').forEach(each -> key.append((char) each));
        db.store().put(longest, key.toString(), Map.of("a", 1));

        assertThat(db.store().listNamespaces()).containsExactly(longest);
    }

    private static List<String> keys(Store store, Search<Object> search) {
        return store.search(search).stream().map(Hit::key).toList();
    }

    private static Filter filter(Random random) {
        FieldPath path = path(random);
        Filter filter = switch (random.nextInt(8)) {
            case 0, 1, 2 -> Filter.eq(path, value(random, 2));
            case 3 -> new Filter.Comparison(path, Filter.Operator.NE, value(random, 2));
            case 4 -> new Filter.Comparison(path, Filter.Operator.GT, scalar(random));
            case 5 -> new Filter.Comparison(path, Filter.Operator.LTE, scalar(random));
            case 6 -> new Filter.Comparison(path, Filter.Operator.LT, scalar(random));
            default -> new Filter.Comparison(path, Filter.Operator.GTE, scalar(random));
        };
        return random.nextInt(3) == 0 ? Filter.and(filter, filter(random)) : filter;
    }

    private static FieldPath path(Random random) {
        StringBuilder text = new StringBuilder("$");
        for (int steps = random.nextInt(3); steps >= 0; steps--) {
            if (random.nextInt(3) > 0 || text.length() == 1) {
                String name = name(random);
                if (!name.isEmpty()) {
                    text.append('.').append(name.replace(".", "\\."));
                }
            } else {
                text.append('[').append(random.nextInt(4) - 2).append(']');
            }
        }
        return FieldPath.parse(text.toString());
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(random.nextBoolean() ? 2 : NAMES.size()));
    }

    private static Object scalar(Random random) {
        return random.nextBoolean() ? number(random) : text(random);
    }

    private static Object number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(4);
            case 1 -> random.nextInt(4) - 0.5;
            case 2 -> 1.0;
            case 3 -> new BigDecimal("1.00");
            case 4 -> (1L << 53) + random.nextInt(3);
            case 5 -> (double) (1L << 53);
            case 6 -> BigInteger.TWO.pow(80).add(BigInteger.valueOf(random.nextInt(2)));
            default -> random.nextBoolean() ? 1e300 : new BigDecimal("1e-400");
        };
    }

    private static String text(Random random) {
        return List.of(
                        "",
                        "a",
                        "A",
                        "b",
                        "ab",
                        "1",
                        "null",
                        "\u0000",
                        "\u0001",
                        "a\u0000b",
                        "\u00e9",
                        "\uFFFD",
                        "\uD83E\uDD8A",
                        "\"'\\")
                .get(random.nextInt(14));
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0, 1 -> number(random);
            case 2 -> text(random);
            case 3 -> random.nextBoolean();
            case 4 -> null;
            case 5 -> Arrays.asList(value(random, depth - 1));
            case 6 -> Arrays.asList(value(random, depth - 1), value(random, depth - 1));
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put(name(random), value(random, depth - 1));
                map.put(name(random), value(random, depth - 1));
                yield map;
            }
        };
    }
}
