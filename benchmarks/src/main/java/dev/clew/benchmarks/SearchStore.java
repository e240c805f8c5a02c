package dev.clew.benchmarks;

import dev.clew.sqlite.Sqlite;
import dev.clew.store.Embedder;
import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W9: the ten documents of n that are closest to a query, by 384 numbers each, all and a tenth of them. The limit: as many
 * products of arrays that lie in memory side by side.
 */
public class SearchStore {
    private static final int DIMENSIONS = 384;
    private static final int BATCH = 1_000;
    private static final Namespace NOTES = Namespace.of("notes");

    /** What is stored: about as much as one would remember. */
    public record Note(int number, String lang, String text) {}

    /** Numbers by chance, the same for the same text. */
    record ChanceEmbedder() implements Embedder {
        @Override
        public String id() {
            return "chance";
        }

        @Override
        public int dimensions() {
            return DIMENSIONS;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(text -> vector(text.hashCode())).toList();
        }
    }

    private static float[] vector(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (random.nextInt() >> 8) * 0x1p-23f;
        }
        return vector;
    }

    /** A store that is full, and whose index is made. */
    @State(Scope.Benchmark)
    public static class Filled {
        @Param({"memory", "sqlite"})
        public String variant;

        @Param("100000")
        public int n;

        private Path folder;
        private Sqlite db;
        private Store store;
        private int queries;

        @Setup(Level.Trial)
        public void fill() {
            StoreOptions options = StoreOptions.defaults().embedder(new ChanceEmbedder(), "text");
            folder = Folders.fresh();
            db = Sqlite.open(folder.resolve("store.db"));
            store = variant.equals("memory") ? Store.inMemory(options) : db.store(options);
            for (int from = 0; from < n; from += BATCH) {
                List<Put> puts = new ArrayList<>();
                for (int i = from; i < Math.min(n, from + BATCH); i++) {
                    Note note = new Note(i, "lang-" + i % 10, "note " + i + " " + "that says something ".repeat(8));
                    puts.add(Put.of(NOTES, "note-" + i, note));
                }
                store.batch(puts);
            }
        }

        List<Hit<Note>> top(Filter filter) {
            return store.search(
                    Search.in(NOTES, Note.class).query("query " + queries++).filter(filter));
        }

        @TearDown(Level.Trial)
        public void delete() {
            db.close();
            Folders.delete(folder);
        }
    }

    /** Vectors without a store around them. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param("100000")
        public int n;

        private float[][] vectors;

        @Setup(Level.Trial)
        public void fill() {
            vectors = new float[n][];
            for (int i = 0; i < n; i++) {
                vectors[i] = vector(i);
            }
        }
    }

    @Benchmark
    public List<Hit<Note>> all(Filled filled) {
        return filled.top(Filter.any());
    }

    @Benchmark
    public List<Hit<Note>> tenth(Filled filled) {
        return filled.top(Filter.eq("lang", "lang-3"));
    }

    @Benchmark
    public float limit(Raw raw) {
        float[] query = raw.vectors[0];
        float closest = -1;
        for (float[] vector : raw.vectors) {
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
