package dev.clew.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A store with an approximate index, and one without that is given the same documents. */
final class VectorStoreFixture extends Clock implements Executor {
    static final Namespace NOTES = Namespace.of("notes");
    static final int FROM = 1_000;

    /** What is to be built, until {@link #build} is called. */
    final Queue<Runnable> builds = new ArrayDeque<>();

    /** Each is the size of an index. */
    final List<Integer> built = new CopyOnWriteArrayList<>();

    final Store approximate;
    final Store exact;
    volatile Instant now = Instant.EPOCH;
    volatile @Nullable RuntimeException failure;
    final AtomicInteger asked = new AtomicInteger();

    VectorStoreFixture() {
        StoreOptions options = StoreOptions.defaults().embedder(new Numbers(), "numbers[*]");
        exact = Store.inMemory(options, this);
        approximate = Store.inMemory(
                options.vectorIndex(
                        VectorIndexOptions.of(this::index).from(FROM).executor(this)),
                this);
    }

    /** A text is the seed of its vector. */
    record Numbers() implements Embedder {
        private static final int DIMENSIONS = 12;

        @Override
        public String id() {
            return "numbers";
        }

        @Override
        public int dimensions() {
            return DIMENSIONS;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(Numbers::vector).toList();
        }

        private static float[] vector(String text) {
            SplittableRandom random = new SplittableRandom(text.hashCode());
            float[] vector = new float[DIMENSIONS];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (random.nextDouble() - 0.5);
            }
            return vector;
        }
    }

    record Note(List<String> numbers, int group) {}

    /** An index that is exact, so that what is missing in a search was lost by the store. */
    VectorIndex index(Vectors vectors) {
        fail();
        built.add(vectors.size());
        return (query, most) -> {
            asked.incrementAndGet();
            fail();
            return IntStream.range(0, vectors.size())
                    .boxed()
                    .sorted((one, other) -> Float.compare(vectors.cosine(query, other), vectors.cosine(query, one)))
                    .limit(most)
                    .mapToInt(Integer::intValue)
                    .toArray();
        };
    }

    private void fail() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void execute(Runnable build) {
        builds.add(build);
    }

    void build() {
        builds.remove().run();
    }

    void put(Put... requests) {
        approximate.batch(requests);
        exact.batch(requests);
    }

    static Put note(int number) {
        return Put.of(NOTES, "k" + number, new Note(List.of("note " + number), number % 10));
    }

    /** Puts notes of these numbers. */
    void fill(int from, int to) {
        List<Put> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(note(i));
        }
        put(all.toArray(Put[]::new));
    }

    static Search<Note> notes(String query) {
        return Search.in(NOTES, Note.class).query(query);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
