package dev.clew.store;

import static dev.clew.store.VectorStoreFixture.FROM;
import static dev.clew.store.VectorStoreFixture.NOTES;
import static dev.clew.store.VectorStoreFixture.note;
import static dev.clew.store.VectorStoreFixture.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.store.VectorStoreFixture.Note;
import dev.clew.value.ClewException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A store that searches approximately finds what one finds that ranks exactly, if its index misses nothing. */
final class VectorIndexTest {
    private static final int MANY = 6 * FROM;

    private final VectorStoreFixture stores = new VectorStoreFixture();

    /** Both stores find the same, with the same scores; whether the index was asked for it. */
    private boolean findsTheSame(Search<Note> search) {
        int before = stores.asked.get();
        List<Hit<Note>> found = stores.approximate.search(search);
        boolean asked = stores.asked.get() > before;
        assertThat(found).isEqualTo(stores.exact.search(search)).isNotEmpty();
        return asked;
    }

    private void fillAndBuild() {
        stores.fill(0, MANY);
        findsTheSame(notes("first"));
        stores.build();
    }

    @Test
    void fewVectorsAreRankedExactly() {
        stores.fill(0, FROM - 1);

        assertThat(findsTheSame(notes("q"))).isFalse();
        assertThat(stores.builds).isEmpty();
        stores.fill(FROM - 1, FROM);
        assertThat(findsTheSame(notes("q"))).isFalse();
        assertThat(stores.builds).hasSize(1);
    }

    @Test
    void searchesDoNotWaitForTheIndex() {
        stores.fill(0, MANY);

        assertThat(findsTheSame(notes("q"))).isFalse();
        assertThat(findsTheSame(notes("q"))).isFalse();
        assertThat(stores.builds).hasSize(1);
        stores.build();
        assertThat(stores.built).containsExactly(MANY);
        assertThat(findsTheSame(notes("q"))).isTrue();
    }

    @Test
    void whatIsPutAndDeletedAfterTheIndexWasBuiltIsSeenAtOnce() {
        fillAndBuild();
        String closest = stores.approximate.search(notes("note 17")).get(0).key();

        stores.put(Put.delete(NOTES, closest), note(MANY + 1));

        assertThat(closest).isEqualTo("k17");
        assertThat(findsTheSame(notes("note 17"))).isTrue();
        assertThat(stores.approximate.search(notes("note " + (MANY + 1))).get(0).key())
                .isEqualTo("k" + (MANY + 1));
    }

    @Test
    void whatIsPutAndDeletedWhileTheIndexIsBuiltIsSeenAfterIt() {
        stores.fill(0, MANY);
        findsTheSame(notes("q"));
        stores.put(Put.delete(NOTES, "k5"), Put.delete(NOTES, "k6"), note(MANY + 1));
        findsTheSame(notes("note 5"));
        stores.put(Put.of(NOTES, "k7", new Note(List.of("another"), 7)), note(5));
        stores.build();

        for (String query : List.of("note 5", "note 6", "note 7", "another", "note " + (MANY + 1))) {
            assertThat(findsTheSame(notes(query))).isTrue();
        }
    }

    @Test
    void documentsThatHaveExpiredAreNotFound() {
        fillAndBuild();
        stores.put(Put.of(NOTES, "k3", new Note(List.of("note 3"), 3)).timeToLive(Duration.ofSeconds(5)));
        assertThat(stores.approximate
                        .search(notes("note 3").refresh(false))
                        .get(0)
                        .key())
                .isEqualTo("k3");

        stores.now = stores.now.plusSeconds(6);

        assertThat(findsTheSame(notes("note 3"))).isTrue();
        assertThat(stores.approximate.search(notes("note 3")))
                .extracting(Hit::key)
                .doesNotContain("k3");
    }

    @Test
    void filterThatLeavesManyAsksTheIndexForMore() {
        stores.fill(0, 3 * MANY);
        findsTheSame(notes("first"));
        stores.build();
        int before = stores.asked.get();

        assertThat(findsTheSame(notes("q").filter(Filter.eq("group", 3)).limit(16)))
                .isTrue();
        assertThat(stores.asked.get() - before).isGreaterThan(1);
    }

    @Test
    void filterThatLeavesFewIsRankedExactly() {
        fillAndBuild();
        stores.put(Put.of(NOTES, "rare", new Note(List.of("rare"), 77)));

        assertThat(stores.approximate.search(notes("q").filter(Filter.eq("group", 77))))
                .extracting(Hit::key)
                .containsExactly("rare");
        findsTheSame(notes("q").filter(Filter.eq("group", 77)));
    }

    @Test
    void longPagesAreRankedExactly() {
        fillAndBuild();

        assertThat(findsTheSame(notes("q").limit(MANY))).isFalse();
        assertThat(findsTheSame(notes("q").limit(20).offset(MANY - 10))).isFalse();
    }

    @Test
    void documentsOfOtherNamespacesAreMergedOrLeftOut() {
        fillAndBuild();
        Namespace below = NOTES.child("below");
        stores.put(
                Put.of(below, "k", new Note(List.of("note 9"), 0)),
                Put.of(Namespace.of("other"), "k", new Note(List.of("note 9"), 0)));

        assertThat(findsTheSame(notes("note 9"))).isTrue();
        assertThat(findsTheSame(Search.everywhere(Note.class).query("note 9"))).isTrue();
        assertThat(findsTheSame(Search.in(below, Note.class).query("note 9"))).isFalse();
    }

    @Test
    void documentsOfSeveralVectorsAreFoundOnceByTheClosest() {
        for (int i = 0; i < MANY; i += 2) {
            stores.put(Put.of(NOTES, "k" + i, new Note(List.of("a" + i, "a" + i + 1, "a" + i), 0)));
        }
        findsTheSame(notes("q"));
        stores.build();
        stores.put(Put.of(NOTES, "later", new Note(List.of("b", "a4", "b"), 0)));

        for (int i = 0; i < 50; i++) {
            assertThat(findsTheSame(notes("a" + i).limit(5))).isTrue();
        }
    }

    @Test
    void indexIsBuiltAgainWhenATenthHasChanged() {
        fillAndBuild();
        stores.fill(MANY, MANY + MANY / 10);
        findsTheSame(notes("q"));
        assertThat(stores.builds).isEmpty();

        stores.put(Put.delete(NOTES, "k0"), note(2 * MANY));
        findsTheSame(notes("q"));
        assertThat(stores.builds).isEmpty();
        stores.fill(2 * MANY, 2 * MANY + MANY / 50);
        assertThat(findsTheSame(notes("q"))).isTrue();
        assertThat(stores.builds).hasSize(1);
        stores.put(Put.delete(NOTES, "k1"));
        stores.build();

        assertThat(stores.built).containsExactly(MANY, MANY + MANY / 10 + MANY / 50 - 1);
        for (String query : List.of("note 1", "note " + MANY, "note " + 2 * MANY)) {
            assertThat(findsTheSame(notes(query))).isTrue();
        }
    }

    @Test
    void readingAndPuttingTheSameTextsChangesNoIndex() {
        fillAndBuild();

        for (int round = 0; round < 3; round++) {
            stores.now = stores.now.plusSeconds(1);
            stores.fill(0, MANY);
            assertThat(findsTheSame(notes("note " + round))).isTrue();
        }

        assertThat(stores.builds).isEmpty();
    }

    @Test
    void smallNamespaceLosesItsIndex() {
        fillAndBuild();
        for (int i = FROM - 1; i < MANY; i++) {
            stores.put(Put.delete(NOTES, "k" + i));
        }

        assertThat(findsTheSame(notes("q"))).isFalse();
        assertThat(stores.builds).isEmpty();
    }

    @Test
    void indexThatCannotBeBuiltIsDoneWithout() {
        stores.failure = new IllegalStateException("no index today");
        stores.fill(0, MANY);
        findsTheSame(notes("q"));
        stores.build();
        stores.failure = null;

        assertThat(findsTheSame(notes("q"))).isFalse();
        assertThat(stores.builds).isEmpty();
        stores.fill(MANY, MANY + MANY / 5);
        findsTheSame(notes("q"));
        stores.build();
        assertThat(findsTheSame(notes("q"))).isTrue();
    }

    @Test
    void indexThatFailsInASearchIsDoneWithout() {
        fillAndBuild();
        stores.failure = new IllegalStateException("no search today");

        assertThat(findsTheSame(notes("q"))).isTrue();
        assertThat(findsTheSame(notes("q"))).isFalse();
    }

    @Test
    void executorThatRefusesIsDoneWithout() {
        Store store = Store.inMemory(StoreOptions.defaults()
                .embedder(new VectorStoreFixture.Numbers(), "numbers[*]")
                .vectorIndex(VectorIndexOptions.of(vectors -> (query, most) -> new int[0])
                        .from(1)
                        .executor(build -> {
                            throw new RejectedExecutionException("closed");
                        })));
        store.batch(note(1), note(2));

        assertThat(store.search(notes("note 2"))).extracting(Hit::key).containsExactly("k2", "k1");
    }

    @Test
    void sizeThatMakesNoSenseIsRefused() {
        VectorIndexOptions options = VectorIndexOptions.of(vectors -> (query, most) -> new int[0]);

        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> options.from(0));
    }

    /** Any sequence of changes, with builds at any time. */
    @Test
    void storesAgreeWhateverHappens() {
        Random random = new Random(20);
        stores.fill(0, MANY);
        for (int round = 0; round < 60; round++) {
            List<Put> changes = new ArrayList<>();
            for (int i = random.nextInt(300); i >= 0; i--) {
                int number = random.nextInt(MANY + 500);
                changes.add(random.nextInt(3) == 0 ? Put.delete(NOTES, "k" + number) : version(number, random));
            }
            stores.put(changes.toArray(Put[]::new));
            findsTheSame(notes("note " + random.nextInt(MANY)));
            if (random.nextInt(4) == 0 && !stores.builds.isEmpty()) {
                stores.build();
            }
            findsTheSame(notes("note " + random.nextInt(MANY)).filter(Filter.eq("group", random.nextInt(10))));
        }
        assertThat(stores.built).hasSizeGreaterThan(2);
    }

    private static Put version(int number, Random random) {
        List<String> texts = random.nextBoolean()
                ? List.of("note " + number)
                : List.of("note " + number + " again", "note " + random.nextInt(MANY));
        Put put = Put.of(NOTES, "k" + number, new Note(texts, number % 10));
        return random.nextInt(20) == 0 ? put.notIndexed() : put;
    }

    @Test
    void searchesSeeWhatWasPutBeforeThemWhileIndexesAreBuilt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        ExecutorService builder = Executors.newSingleThreadExecutor();
        try {
            Store store = Store.inMemory(StoreOptions.defaults()
                    .embedder(new VectorStoreFixture.Numbers(), "numbers[*]")
                    .vectorIndex(VectorIndexOptions.of(stores::index).from(500).executor(builder)));
            store.put(note(-1));
            AtomicBoolean over = new AtomicBoolean();
            Future<?> searching = threads.submit(() -> {
                while (!over.get()) {
                    assertThat(store.search(notes("anything")).size()).isLessThanOrEqualTo(10);
                }
            });
            List<Future<?>> writing = List.of(
                    threads.submit(() -> putAndFind(store, 0)), threads.submit(() -> putAndFind(store, 1_000_000)));
            for (Future<?> writer : writing) {
                writer.get(60, TimeUnit.SECONDS);
            }
            over.set(true);
            searching.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
            builder.shutdownNow();
        }
        assertThat(stores.built).hasSizeGreaterThan(1);
    }

    private static void putAndFind(Store store, int first) {
        for (int i = first; i < first + 1_500; i++) {
            store.put(note(i));
            assertThat(store.search(notes("note " + i).limit(1)).get(0).key()).isEqualTo("k" + i);
            if (i % 3 == 0) {
                store.delete(NOTES, "k" + i);
                assertThat(store.search(notes("note " + i).limit(1)).get(0).key())
                        .isNotEqualTo("k" + i);
            }
        }
    }
}
