package dev.clew.benchmarks;

import dev.clew.jvector.JVectorIndexer;
import dev.clew.store.Embedder;
import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.store.VectorIndex;
import dev.clew.store.VectorIndexOptions;
import dev.clew.store.VectorIndexer;
import dev.clew.store.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code benchmarks/run search [--documents N] [--queries N] [--threads N]}: the ten closest of n documents, ranked exactly and by an
 * approximate index, beside as many raw products. Each query is made in all ways, one after the other, so that what else the
 * machine does disturbs all alike.
 */
public final class SearchRecall {
    private static final int DIMENSIONS = 384;

    /** About so many vectors lie around one centre, as those of texts lie around a subject. */
    private static final int CLUSTER = 100;

    private static final int FOUND = 10;
    private static final int BATCH = 1_000;
    private static final Namespace NOTES = Namespace.of("notes");

    private final int documents;
    private final int queries;
    private final Store exact;
    private final Store approximate;
    private final Clusters clusters;
    private final Timed indexer;

    private SearchRecall(int documents, int queries, int threads) {
        this.documents = documents;
        this.queries = queries;
        this.clusters = new Clusters(Math.max(1, documents / CLUSTER));
        this.indexer = new Timed(JVectorIndexer.standard().threads(threads));
        StoreOptions options = StoreOptions.defaults().embedder(clusters, "text");
        this.exact = Store.inMemory(options);
        this.approximate = Store.inMemory(
                options.vectorIndex(VectorIndexOptions.of(indexer).from(1).executor(Runnable::run)));
    }

    /** What is stored. */
    public record Note(String text, String lang) {}

    /** A vector is a centre and a step away from it, about as long as the centre is far from zero. */
    record Clusters(int count) implements Embedder {
        @Override
        public String id() {
            return "clusters";
        }

        @Override
        public int dimensions() {
            return DIMENSIONS;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(text -> vector(text.hashCode())).toList();
        }

        private float[] vector(int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            SplittableRandom centre = new SplittableRandom(random.nextInt(count));
            float[] vector = new float[DIMENSIONS];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (centre.nextDouble() - 0.5 + random.nextDouble() - 0.5);
            }
            return vector;
        }
    }

    /** Says how long an index took. */
    private static final class Timed implements VectorIndexer {
        private final VectorIndexer indexer;
        private long nanos;

        Timed(VectorIndexer indexer) {
            this.indexer = indexer;
        }

        @Override
        public VectorIndex index(Vectors vectors) {
            long start = System.nanoTime();
            VectorIndex index = indexer.index(vectors);
            nanos = System.nanoTime() - start;
            return index;
        }
    }

    public static void main(String[] arguments) {
        int documents = 100_000;
        int queries = 300;
        int threads = 1;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            int value = Integer.parseInt(arguments[i + 1]);
            switch (arguments[i]) {
                case "--documents" -> documents = value;
                case "--queries" -> queries = value;
                case "--threads" -> threads = value;
                default -> throw new IllegalArgumentException("no option '" + arguments[i] + "'");
            }
        }
        new SearchRecall(documents, queries, threads).run();
    }

    private void run() {
        fill();
        long before = usedBytes();
        approximate.search(search("warm", null));
        System.out.printf(
                Locale.ROOT,
                "%,d documents of %d numbers; the index took %.1f s and %,d bytes a vector%n",
                documents,
                DIMENSIONS,
                indexer.nanos / 1e9,
                (usedBytes() - before) / documents - DIMENSIONS * Float.BYTES);
        exact.search(search("warm", null));
        float[][] vectors =
                IntStream.range(0, documents).mapToObj(i -> clusters.vector(i)).toArray(float[][]::new);
        measure("all", null, vectors);
        measure("a tenth", Filter.eq("lang", "lang-3"), vectors);
        measure("a thousandth", Filter.eq("lang", "rare"), vectors);
    }

    private void fill() {
        for (int from = 0; from < documents; from += BATCH) {
            List<Put> puts = new ArrayList<>();
            for (int i = from; i < Math.min(documents, from + BATCH); i++) {
                Note note = new Note("note " + i, i % 1_000 == 7 ? "rare" : "lang-" + i % 10);
                puts.add(Put.of(NOTES, "note-" + i, note));
            }
            exact.batch(puts);
            approximate.batch(puts);
        }
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Search<Note> search(String query, @Nullable Filter filter) {
        Search<Note> search = Search.in(NOTES, Note.class).query(query).limit(FOUND);
        return filter == null ? search : search.filter(filter);
    }

    private void measure(String what, @Nullable Filter filter, float[][] vectors) {
        long[] rawNanos = new long[queries];
        long[] exactNanos = new long[queries];
        long[] indexNanos = new long[queries];
        int found = 0;
        int wanted = 0;
        for (int round = -queries / 3; round < queries; round++) { // the first are for the compiler
            int at = Math.max(0, round);
            String text = "query " + round;
            time(rawNanos, at, () -> products(vectors, vectors[at]));
            List<String> all = time(exactNanos, at, () -> keys(exact.search(search(text, filter))));
            List<String> some = time(indexNanos, at, () -> keys(approximate.search(search(text, filter))));
            if (round >= 0) {
                wanted += all.size();
                found += (int) all.stream().filter(some::contains).count();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-12s raw products %,7d us; exact %,7d us, %.2f times that; index %,6d us, recall %.3f%n",
                what,
                median(rawNanos),
                median(exactNanos),
                median(exactNanos) / (double) median(rawNanos),
                median(indexNanos),
                found / (double) wanted);
    }

    private static List<String> keys(List<Hit<Note>> hits) {
        return hits.stream().map(Hit::key).toList();
    }

    private static <T> T time(long[] nanos, int at, Supplier<T> call) {
        long start = System.nanoTime();
        T result = call.get();
        nanos[at] = System.nanoTime() - start;
        return result;
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return TimeUnit.NANOSECONDS.toMicros(nanos[nanos.length / 2]);
    }

    private static float products(float[][] vectors, float[] query) {
        float closest = -1;
        for (float[] vector : vectors) {
            float first = 0;
            float second = 0;
            float third = 0;
            float fourth = 0;
            for (int i = 0; i < DIMENSIONS; i += 4) {
                first += query[i] * vector[i];
                second += query[i + 1] * vector[i + 1];
                third += query[i + 2] * vector[i + 2];
                fourth += query[i + 3] * vector[i + 3];
            }
            closest = Math.max(closest, (first + second) + (third + fourth));
        }
        return closest;
    }
}
