package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import java.util.concurrent.Executor;

/**
 * From which size on a store searches a namespace approximately, and how. Immutable.
 *
 * <ul>
 *   <li><b>Approximate</b> is only which documents a query finds: it may miss some of the closest, and so two pages of one query may
 *       share a document. Those that it finds have their exact scores, and are in the order of these.
 *   <li><b>Exact</b> are searches without a query, namespaces with fewer vectors, filters that few documents pass, and pages that end
 *       beyond about a hundredth of the vectors.
 *   <li><b>Seen at once</b> are all puts, deletes and expiries. What was put after the index was built is ranked exactly, and merged.
 *   <li><b>Building</b> begins with a query, when there is no index or a tenth of the vectors has changed since the last one, and no
 *       search waits for it. Until then, and after a build that failed, all vectors are ranked exactly. The first failure is logged.
 *       Indexes are kept in memory only; each store object builds its own.
 * </ul>
 *
 * <pre>{@code
 * StoreOptions.defaults()
 *     .embedder(embedder, "text")
 *     .vectorIndex(VectorIndexOptions.of(JVectorIndexer.standard()).from(200_000));
 * }</pre>
 *
 * @param indexer what builds the indexes
 * @param from how many vectors a namespace has at the least for an index; with fewer it is ranked exactly
 * @param executor what indexes are built on, in the background
 */
public record VectorIndexOptions(VectorIndexer indexer, int from, Executor executor) {
    /** With fewer vectors than this, an exact search is fast enough; the guide has the figures. */
    public static final int DEFAULT_FROM = 50_000;

    public VectorIndexOptions {
        if (from < 1) {
            throw new IllegalRequestException("a vector index is for 1 vector or more, not for " + from);
        }
    }

    /** Namespaces of {@value #DEFAULT_FROM} vectors or more get an index, on one daemon thread of this process. */
    public static VectorIndexOptions of(VectorIndexer indexer) {
        return new VectorIndexOptions(indexer, DEFAULT_FROM, IndexThread.EXECUTOR);
    }

    /** How many vectors a namespace has at the least for an index. */
    public VectorIndexOptions from(int vectors) {
        return new VectorIndexOptions(indexer, vectors, executor);
    }

    /** What indexes are built on. */
    public VectorIndexOptions executor(Executor executor) {
        return new VectorIndexOptions(indexer, from, executor);
    }
}
