package dev.clew.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.clew.contracts.checkpoint.Contenders;
import dev.clew.store.Embedder;
import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.value.ClewException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches, by namespace and by meaning. */
public abstract class SearchContract extends StoreFixture {
    private final WordEmbedder words = new WordEmbedder();

    @Test
    @Tag("B263")
    void prefixesAreWholeLabels() {
        for (String namespace : List.of("a", "a.b", "a.b.c", "ab", "b.a")) {
            store().put(Namespace.parse(namespace), namespace, note("umbrella"));
        }

        assertThat(keys(Search.in(Namespace.of("a"), Note.class))).containsExactlyInAnyOrder("a", "a.b", "a.b.c");
        assertThat(keys(Search.in(Namespace.of("a", "b"), Note.class))).containsExactlyInAnyOrder("a.b", "a.b.c");
        assertThat(keys(Search.in(Namespace.of("c"), Note.class))).isEmpty();
        assertThat(keys(Search.everywhere(Note.class))).hasSize(5);
    }

    @Test
    @Tag("B263")
    void tenAreFoundUnlessTheSearchSaysOtherwise() {
        for (int i = 0; i < 12; i++) {
            store().put(NOTES, "k" + i, note("umbrella"));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(keys(Search.in(NOTES, Note.class)))
                .containsExactly("k11", "k10", "k9", "k8", "k7", "k6", "k5", "k4", "k3", "k2");
        assertThat(keys(Search.in(NOTES, Note.class).offset(10))).containsExactly("k1", "k0");
        assertThat(keys(Search.in(NOTES, Note.class).limit(2).offset(1))).containsExactly("k10", "k9");
        assertThat(keys(Search.in(NOTES, Note.class).offset(12))).isEmpty();
        assertThat(keys(notes().limit(Integer.MAX_VALUE).offset(11))).containsExactly("k0");
    }

    @Test
    void newestPutComesFirstThenTheKey() {
        store().batch(Put.of(NOTES, "b", note("1")), Put.of(NOTES, "a", note("2")));
        clock.advance(Duration.ofSeconds(1));
        store().put(NOTES, "c", note("3"));
        assertThat(keys(notes())).containsExactly("c", "a", "b");

        clock.advance(Duration.ofSeconds(1));
        store().put(NOTES, "b", note("4"));
        assertThat(keys(notes())).containsExactly("b", "c", "a");
    }

    @Test
    void searchThatMakesNoSenseIsRefused() {
        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> notes().limit(0));
        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> notes().offset(-1));
    }

    @Test
    @Tag("B263")
    void queryWithoutAnEmbedderListsWithoutScores() {
        store().put(NOTES, "a", note("rain"));
        clock.advance(Duration.ofSeconds(1));
        store().put(NOTES, "b", note("sun"));

        List<Hit<Note>> hits = store().search(notes().query("rain"));
        assertThat(hits).extracting(Hit::key).containsExactly("b", "a");
        assertThat(hits).extracting(Hit::score).containsOnly(OptionalDouble.empty());
    }

    @Test
    @Tag("B263")
    void searchWithoutAQueryHasNoScores() {
        use(options().embedder(words, "text"));
        store().put(NOTES, "a", note("rain"));

        assertThat(store().search(notes()).get(0).score()).isEmpty();
        assertThat(store().search(notes().query(" ")).get(0).score()).isEmpty();
    }

    @Test
    @Tag("B269")
    void documentsAreRankedByTheCosine() {
        use(options().embedder(words, "text"));
        store().put(NOTES, "both", note("rain and sun"));
        store().put(NOTES, "sun", note("sun"));
        store().put(NOTES, "rain", note("rain rain rain"));

        List<Hit<Note>> hits = store().search(notes().query("rain"));
        assertThat(hits).extracting(Hit::key).containsExactly("rain", "both", "sun");
        assertScores(hits, 1, Math.sqrt(0.5), 0);
    }

    @Test
    @Tag("B269")
    void closestOfSeveralVectorsCounts() {
        use(options().embedder(words, "title", "lines[*].text"));
        store().put(
                        NOTES,
                        "many",
                        Map.of(
                                "title",
                                "sun",
                                "lines",
                                List.of(Map.of("text", "snow sun"), Map.of("text", "rain"), Map.of("other", 1))));
        store().put(NOTES, "one", Map.of("title", "rain snow"));

        List<Hit<Object>> hits = store().search(Search.in(NOTES, Object.class).query("rain"));
        assertThat(hits).extracting(Hit::key).containsExactly("many", "one");
        assertScores(hits, 1, Math.sqrt(0.5));
    }

    @Test
    @Tag("B269")
    void pathsSayWhatIsEmbedded() {
        use(options().embedder(words, "title"));
        Map<String, Object> document = Map.of("title", "rain", "tags", List.of("sun", "snow"), "n", 3);
        store().put(NOTES, "title", document);
        store().put(Put.of(NOTES, "first", document).index("tags[0]"));
        store().put(Put.of(NOTES, "last", document).index("tags[-1]"));
        store().put(Put.of(NOTES, "all", document).index("$"));
        store().put(Put.of(NOTES, "none", document).notIndexed());
        store().put(Put.of(NOTES, "missing", document).index("nowhere", "n"));

        assertThat(scored("rain")).containsExactly("title", "all");
        assertThat(scored("sun")).containsExactly("first", "all");
        assertThat(scored("snow")).containsExactly("last", "all");
    }

    @Test
    @Tag("B269")
    void wholeDocumentIsEmbeddedByDefault() {
        use(options().embedder(words));
        store().put(NOTES, "a", note("rain"));
        store().put(NOTES, "b", new Note("umbrella", "sun", 3));

        assertThat(scored("sun")).containsExactly("b");
    }

    @Test
    @Tag("B269")
    void documentsWithoutVectorsFollowWithoutAScore() {
        use(options().embedder(words, "text"));
        store().put(NOTES, "far", note("sun"));
        clock.advance(Duration.ofSeconds(1));
        store().put(Put.of(NOTES, "unscored", note("rain")).notIndexed());
        store().put(NOTES, "wordless", note("umbrella"));

        List<Hit<Note>> hits = store().search(notes().query("rain"));
        assertThat(hits).extracting(Hit::key).containsExactly("far", "unscored", "wordless");
        assertThat(hits).extracting(hit -> hit.score().isPresent()).containsExactly(true, false, false);
    }

    @Test
    @Tag("B269")
    void filterAndQueryGoTogether() {
        use(options().embedder(words, "text"));
        store().put(NOTES, "en", new Note("rain", "en", 1));
        store().put(NOTES, "de", new Note("rain sun", "de", 2));
        store().put(NOTES, "de-sun", new Note("sun", "de", 3));
        store().put(Namespace.of("users", "bob"), "other", new Note("rain", "de", 3));

        assertThat(keys(notes().query("rain").filter(Filter.eq("lang", "de")))).containsExactly("de", "de-sun");
        assertThat(keys(notes().query("rain").filter(Filter.eq("lang", "de")).limit(1)))
                .containsExactly("de");
        assertThat(keys(notes().query("rain").filter(Filter.gt("stars", 3)))).isEmpty();
    }

    @Test
    @Tag("B269")
    void pagesOfARankingShowEachDocumentOnce() {
        use(options().embedder(words, "text"));
        for (int i = 0; i < 23; i++) {
            store().put(NOTES, "k" + i, note("rain ".repeat(i % 4) + "sun ".repeat(i % 3)));
        }

        List<String> all = keys(notes().query("rain"));
        List<String> paged = new ArrayList<>();
        for (int offset = 0; offset < 30; offset += 5) {
            paged.addAll(keys(notes().query("rain").limit(5).offset(offset)));
        }
        assertThat(paged).isEqualTo(all).hasSize(23);
        assertThat(new HashSet<>(paged)).hasSize(23);
    }

    @Test
    @Tag("B269")
    void vectorsGoWithTheirDocument() {
        use(options().embedder(words, "text"));
        store().put(NOTES, "a", note("rain"));
        store().put(NOTES, "b", note("sun"));
        assertThat(scored("rain")).containsExactly("a");

        store().put(NOTES, "a", note("snow"));
        store().put(NOTES, "b", note("rain"));
        assertThat(scored("rain")).containsExactly("b");
        store().delete(NOTES, "b");
        assertThat(scored("rain")).isEmpty();
        store().put(Put.of(NOTES, "a", note("rain")).notIndexed());
        assertThat(scored("rain")).isEmpty();
    }

    @Test
    void expiredDocumentIsNotRanked() {
        use(options().embedder(words, "text"));
        store().put(Put.of(NOTES, "a", note("rain")).timeToLive(Duration.ofHours(1)));
        store().put(NOTES, "b", note("rain sun"));
        assertThat(scored("rain")).containsExactly("a", "b");
        clock.advance(Duration.ofHours(1));

        assertThat(scored("rain")).containsExactly("b");
    }

    @Test
    void embedderThatFailsChangesNothing() {
        use(options().embedder(words, "text"));
        store().put(NOTES, "a", note("rain"));
        IllegalStateException down = new IllegalStateException("the model is down");
        use(options().embedder(giving(texts -> {
            throw down;
        })));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store().put(NOTES, "a", note("sun")))
                .isSameAs(down);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store().batch(Put.of(NOTES, "a", null), notes().query("rain")));

        assertThat(noteAt("a")).isEqualTo(note("rain"));
    }

    @Test
    void vectorsThatMakeNoSenseAreRefused() {
        store().put(NOTES, "a", note("rain"));
        List<List<float[]>> senseless = List.of(
                List.of(),
                List.of(new float[3], new float[3]),
                List.of(new float[2]),
                List.of(new float[] {1, Float.NaN, 1}),
                List.of(new float[] {1, Float.POSITIVE_INFINITY, 1}));
        for (List<float[]> vectors : senseless) {
            use(options().embedder(giving(texts -> vectors)));
            assertThatExceptionOfType(ClewException.class)
                    .isThrownBy(() -> store().put(NOTES, "a", note("sun")))
                    .withMessageContaining("'given'");
        }

        assertThat(noteAt("a")).isEqualTo(note("rain"));
    }

    @Test
    void vectorsOfAnotherModelAreNotCompared() {
        use(options().embedder(words, "text"));
        store().put(NOTES, "old", note("rain"));
        use(options().embedder(new WordEmbedder("other words"), "text"));
        store().put(NOTES, "new", note("rain sun"));

        assertThat(scored("rain")).containsExactly("new");
        assertThat(keys(notes().query("rain"))).containsExactly("new", "old");
    }

    @Test
    void textsOfABatchAreEmbeddedAtOnce() {
        use(options().embedder(words, "text", "lang"));
        store().batch(
                        Put.of(NOTES, "a", note("rain")),
                        Put.of(NOTES, "b", note("sun")),
                        Put.of(NOTES, "a", note("snow")));

        assertThat(words.calls).hasValue(1);
        assertThat(scored("snow")).containsExactly("a");
        assertThat(scored("sun")).containsExactly("b");
    }

    /** Against the definition, computed plainly. */
    @Test
    @Tag("B269")
    void rankingIsExact() {
        int dimensions = 19;
        Random random = new Random(7);
        List<float[]> vectors = IntStream.range(0, 400)
                .mapToObj(i -> vector(random, dimensions))
                .toList();
        float[] query = vector(random, dimensions);
        use(options().embedder(new NumberEmbedder(dimensions, vectors, query), "n"));
        store().batch(IntStream.range(0, 400)
                .mapToObj(i -> Put.of(NOTES, "k" + i, Map.of("n", i)))
                .toList());

        List<String> expected = IntStream.range(0, 400)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -cosine(vectors.get(i), query)))
                .map(i -> "k" + i)
                .toList();
        List<Hit<Object>> hits =
                store().search(Search.in(NOTES, Object.class).query("q").limit(400));
        assertThat(hits).extracting(Hit::key).isEqualTo(expected);
        assertThat(hits)
                .allSatisfy(hit -> assertThat(hit.score().orElseThrow())
                        .isCloseTo(cosine(vectors.get(Integer.parseInt(hit.key().substring(1))), query), within(1e-5)));
        assertThat(keys(Search.in(NOTES, Object.class)
                        .query("q")
                        .filter(Filter.gte("n", 300))
                        .limit(5)))
                .isEqualTo(expected.stream()
                        .filter(key -> Integer.parseInt(key.substring(1)) >= 300)
                        .limit(5)
                        .toList());
    }

    /** More than an index keeps. */
    @Test
    void largeDocumentsAreFilteredAndFound() {
        int size = 5 << 20;
        String large = "x".repeat(size);
        for (int i = 0; i < 7; i++) {
            store().put(NOTES, "k" + i, new Note(large, "en", i));
        }

        assertThat(keys(notes().filter(Filter.gte("stars", 5)))).containsExactlyInAnyOrder("k5", "k6");
        assertThat(store().search(notes().limit(2)))
                .hasSize(2)
                .allSatisfy(hit -> assertThat(hit.value().text()).hasSize(size));
        store().put(NOTES, "k6", new Note(large, "en", 0));
        assertThat(keys(notes().filter(Filter.gte("stars", 5)))).containsExactly("k5");
    }

    @Test
    void searchesAndWritesGoOnAtOnce() throws Exception {
        use(options().embedder(words, "text"));
        List<Boolean> sound = Contenders.race(4, contender -> {
            boolean whole = true;
            for (int i = 0; i < 25; i++) {
                if (contender % 2 == 0) {
                    store().put(NOTES, "k" + i % 5, note(i % 3 == 0 ? "rain" : "sun"));
                } else {
                    for (Hit<Note> hit : store().search(notes().query("rain"))) {
                        boolean rain = hit.value().text().equals("rain");
                        whole &= Math.abs(hit.score().orElseThrow() - (rain ? 1 : 0)) < 1e-6;
                    }
                }
            }
            return whole;
        });

        assertThat(sound).hasSize(4).doesNotContain(false);
    }

    private List<String> scored(String query) {
        return store().search(Search.in(NOTES, Object.class).query(query).limit(100)).stream()
                .filter(hit -> hit.score().orElse(0) > 0)
                .map(Hit::key)
                .toList();
    }

    private static void assertScores(List<? extends Hit<?>> hits, double... scores) {
        for (int i = 0; i < scores.length; i++) {
            assertThat(hits.get(i).score().orElseThrow()).isCloseTo(scores[i], within(1e-6));
        }
    }

    private static float[] vector(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresA += (double) a[i] * a[i];
            squaresB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squaresA * squaresB);
    }

    private interface Model {
        List<float[]> embed(List<String> texts);
    }

    private static Embedder giving(Model model) {
        return new Embedder() {
            @Override
            public String id() {
                return "given";
            }

            @Override
            public int dimensions() {
                return 3;
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                return model.embed(texts);
            }
        };
    }

    /** The n-th vector for the text n, and one for everything else. */
    private record NumberEmbedder(int dimensions, List<float[]> vectors, float[] query) implements Embedder {
        @Override
        public String id() {
            return "numbers";
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream()
                    .map(text -> text.equals("q") ? query : vectors.get(Integer.parseInt(text)))
                    .toList();
        }
    }
}
