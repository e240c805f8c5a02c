package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.MutableClock;
import dev.clew.contracts.lab.Nightly;
import dev.clew.store.Embedder;
import dev.clew.store.Filter;
import dev.clew.store.Get;
import dev.clew.store.Namespace;
import dev.clew.store.NamespaceQuery;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.store.StoreRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same requests, by chance, get the same answers from memory and from two objects that share a file in turns. */
final class StoresAgreeTest {
    private static final List<Object> VALUES =
            List.of(1, 1.0, 2, "1", "rain", "rain and sun", "", true, false, List.of(1, "a"), Map.of("a", 1));
    private static final StoreOptions OPTIONS =
            StoreOptions.defaults().embedder(Embedder.hashedNgrams(16), "a", "b[*]");

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("B265")
    @Tag("B268")
    @Tag("B270")
    void sameRequestsGetTheSameAnswers(long seed) {
        Random random = new Random(seed);
        Path file = folder.resolve("store.db");
        try (Sqlite one = Sqlite.open(file, clock);
                Sqlite other = Sqlite.open(file, clock)) {
            Store memory = Store.inMemory(OPTIONS, clock);
            List<Store> files = List.of(one.store(OPTIONS), other.store(OPTIONS));
            for (int step = 0; step < 150; step++) {
                List<StoreRequest<?>> batch = Stream.<StoreRequest<?>>generate(() -> request(random))
                        .limit(1 + random.nextInt(4))
                        .toList();
                Store turn = files.get(random.nextInt(2));

                assertThat(turn.batch(batch).inOrder())
                        .as("seed %d, step %d: %s", seed, step, batch)
                        .isEqualTo(memory.batch(batch).inOrder());
                if (random.nextInt(20) == 0) {
                    assertThat(turn.sweep()).isEqualTo(memory.sweep());
                }
                clock.advance(Duration.ofMinutes(random.nextInt(20)));
            }
        }
    }

    /** Every step is a commit, so most seeds are for the nightly build. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Nightly.isOn() ? 6 : 2);
    }

    private static StoreRequest<?> request(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> put(random);
            case 3 -> Put.delete(namespace(random), key(random));
            case 4 -> Get.of(namespace(random), key(random), Object.class).refresh(random.nextBoolean());
            case 5 ->
                NamespaceQuery.all()
                        .maxDepth(1 + random.nextInt(3))
                        .limit(1 + random.nextInt(5))
                        .offset(random.nextInt(2));
            default -> search(random);
        };
    }

    private static Put put(Random random) {
        Map<String, Object> document = new HashMap<>();
        for (String name : List.of("a", "b", "c")) {
            if (random.nextInt(4) > 0) {
                document.put(name, random.nextInt(6) == 0 ? null : value(random));
            }
        }
        Put put = Put.of(namespace(random), key(random), document);
        return switch (random.nextInt(4)) {
            case 0 -> put.timeToLive(Duration.ofMinutes(1 + random.nextInt(60)));
            case 1 -> put.notIndexed();
            case 2 -> put.index("c");
            default -> put;
        };
    }

    private static Search<Object> search(Random random) {
        Search<Object> search =
                random.nextInt(3) == 0 ? Search.everywhere(Object.class) : Search.in(namespace(random), Object.class);
        List<Filter> filters = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String path = List.of("a", "b", "c", "a.a", "b[0]").get(random.nextInt(5));
            filters.add(
                    random.nextBoolean()
                            ? Filter.ne(path, value(random))
                            : Filter.gte(path, random.nextBoolean() ? 1 : "rain"));
        }
        search = search.filter(Filter.and(filters.toArray(Filter[]::new)))
                .limit(1 + random.nextInt(10))
                .offset(random.nextInt(3))
                .refresh(random.nextBoolean());
        return random.nextBoolean() ? search.query("rain") : search;
    }

    private static Object value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static Namespace namespace(Random random) {
        return Namespace.parse(List.of("a", "a.b", "a.b.c", "ab", "b").get(random.nextInt(5)));
    }

    private static String key(Random random) {
        return "k" + random.nextInt(6);
    }
}
