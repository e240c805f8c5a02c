package dev.clew.jvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.store.VectorIndex;
import dev.clew.store.VectorIndexOptions;
import dev.clew.store.Vectors;
import dev.clew.value.ClewException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a store with JVector's index finds, beside what one finds that ranks exactly. */
final class JVectorIndexerTest {
    private static final Namespace NOTES = Namespace.of("notes");
    private static final int MANY = 6_000;
    private static final int QUERIES = 50;

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static Store exact;
    private static Store approximate;

    record Note(String text, int group) {}

    @BeforeAll
    static void fill() {
        StoreOptions options = StoreOptions.defaults().embedder(new ClusterEmbedder(60), "text");
        exact = Store.inMemory(options);
        approximate = Store.inMemory(options.vectorIndex(
                VectorIndexOptions.of(JVectorIndexerTest::counted).from(1_000).executor(Runnable::run)));
        List<Put> puts =
                IntStream.range(0, MANY).mapToObj(JVectorIndexerTest::note).toList();
        exact.batch(puts);
        approximate.batch(puts);
        approximate.search(notes("first"));
    }

    private static VectorIndex counted(Vectors vectors) {
        VectorIndex index = JVectorIndexer.standard().threads(2).index(vectors);
        return (query, most) -> {
            ASKED.incrementAndGet();
            return index.nearest(query, most);
        };
    }

    private static Put note(int number) {
        return Put.of(NOTES, "k" + number, new Note("note " + number, number % 10));
    }

    private static Search<Note> notes(String query) {
        return Search.in(NOTES, Note.class).query(query);
    }

    /** The part of what an exact search finds that the approximate one finds, too. */
    private static double recall(Filter filter) {
        int wanted = 0;
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            Search<Note> search = notes("query " + i).filter(filter);
            List<Scored> all = scored(exact, search);
            List<Scored> some = scored(approximate, search);
            assertThat(some).hasSameSizeAs(all);
            wanted += all.size();
            found += (int) all.stream().filter(some::contains).count();
        }
        return found / (double) wanted;
    }

    private record Scored(String key, double score) {}

    private static List<Scored> scored(Store store, Search<Note> search) {
        return store.search(search).stream()
                .map(hit -> new Scored(hit.key(), hit.score().orElseThrow()))
                .toList();
    }

    @Test
    void indexFindsNearlyAllOfTheClosest() {
        int before = ASKED.get();

        assertThat(recall(Filter.any())).isGreaterThanOrEqualTo(0.95);
        assertThat(ASKED.get() - before).isGreaterThanOrEqualTo(QUERIES);
    }

    @Test
    void indexFindsNearlyAllOfTheClosestThatPassAFilter() {
        assertThat(recall(Filter.gt("group", 4))).isGreaterThanOrEqualTo(0.95);
        assertThat(recall(Filter.eq("group", 4))).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void documentIsClosestToItsOwnText() {
        for (int i = 0; i < MANY; i += 97) {
            assertThat(approximate.search(notes("note " + i).limit(1)))
                    .extracting(Hit::key)
                    .containsExactly("k" + i);
        }
    }

    @Test
    void indexOfOneVectorFindsIt() {
        VectorIndex index = JVectorIndexer.standard().index(new Vectors() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public int dimensions() {
                return 2;
            }

            @Override
            public float cosine(int one, int other) {
                return 1;
            }

            @Override
            public float cosine(float[] query, int number) {
                return 0;
            }
        });

        assertThat(index.nearest(new float[] {1, 0}, 10)).containsExactly(0);
    }

    /** Many search one index, while documents are put and deleted. */
    @Test
    void searchesSeeWhatWasPutBeforeThem() throws Exception {
        StoreOptions options = StoreOptions.defaults()
                .embedder(new ClusterEmbedder(60), "text")
                .vectorIndex(VectorIndexOptions.of(JVectorIndexer.standard()).from(1_000));
        Store store = Store.inMemory(options);
        store.batch(IntStream.range(0, MANY).mapToObj(JVectorIndexerTest::note).toList());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 1; writer <= 3; writer++) {
                int first = writer * MANY;
                writers.add(threads.submit(() -> putAndFind(store, first)));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void putAndFind(Store store, int first) {
        for (int i = first; i < first + 300; i++) {
            store.put(note(i));
            assertThat(store.search(notes("note " + i).limit(1)))
                    .extracting(Hit::key)
                    .containsExactly("k" + i);
            store.delete(NOTES, "k" + i);
            assertThat(store.search(notes("note " + i).limit(1)))
                    .extracting(Hit::key)
                    .doesNotContain("k" + i);
        }
    }

    @Test
    void numberOfThreadsThatMakesNoSenseIsRefused() {
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> JVectorIndexer.standard().threads(0));
    }
}
