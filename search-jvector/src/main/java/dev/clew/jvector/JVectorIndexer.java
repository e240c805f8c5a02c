package dev.clew.jvector;

import dev.clew.store.VectorIndex;
import dev.clew.store.VectorIndexer;
import dev.clew.store.Vectors;
import dev.clew.value.IllegalRequestException;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Builds graphs of vectors by JVector, in memory. A vector is a node that knows vectors close to it, and a search goes from node to
 * node towards its query. Immutable.
 *
 * <pre>{@code
 * var options = StoreOptions.defaults()
 *     .embedder(embedder, "text")
 *     .vectorIndex(VectorIndexOptions.of(JVectorIndexer.standard()));
 * Store store = db.store(options);
 * }</pre>
 *
 * @param threads how many build an index
 */
public record JVectorIndexer(int threads) implements VectorIndexer {
    /** How many neighbours a node has at the most. */
    private static final int DEGREE = 16;

    /** How many candidates are looked at for the neighbours of a new node. */
    private static final int BREADTH = 100;

    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    public JVectorIndexer {
        if (threads < 1) {
            throw new IllegalRequestException("an index is built by 1 thread or more, not by " + threads);
        }
    }

    /** One thread builds, and the other processors are left to those who search. */
    public static JVectorIndexer standard() {
        return new JVectorIndexer(1);
    }

    /** How many threads build an index. */
    public JVectorIndexer threads(int count) {
        return new JVectorIndexer(count);
    }

    @Override
    public VectorIndex index(Vectors vectors) {
        VectorScores scores = new VectorScores(vectors);
        ForkJoinPool pool = new ForkJoinPool(threads);
        try (GraphIndexBuilder builder = builder(scores, vectors.dimensions(), pool)) {
            pool.submit(() -> IntStream.range(0, vectors.size())
                            .parallel()
                            .forEach(node -> builder.addGraphNode(node, scores.searchProviderFor(node))))
                    .join();
            builder.cleanup();
            return new JVectorIndex(builder.getGraph(), vectors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            pool.shutdown();
        }
    }

    /** What replaces this constructor first makes a pool for all processors, and starts a process on some systems to count them. */
    @SuppressWarnings("deprecation")
    private static GraphIndexBuilder builder(VectorScores scores, int dimensions, ForkJoinPool pool) {
        boolean layered = true;
        boolean refined = true;
        return new GraphIndexBuilder(
                scores, dimensions, DEGREE, BREADTH, OVERFLOW, ALPHA, layered, refined, pool, pool);
    }
}
