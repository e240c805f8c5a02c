package dev.clew.store;

/**
 * Builds approximate indexes for a store: the port to a library. {@code JVectorIndexer} of {@code clew-search-jvector} is one.
 *
 * <p>Implementation notes. It is called on a thread of {@link VectorIndexOptions#executor}, may take minutes, and may use many
 * threads. It may keep the vectors, for as long as its index is used.
 *
 * <pre>{@code
 * var options = StoreOptions.defaults().embedder(embedder, "text").vectorIndex(VectorIndexOptions.of(JVectorIndexer.standard()));
 * }</pre>
 */
@FunctionalInterface
public interface VectorIndexer {
    /** An index of these vectors. */
    VectorIndex index(Vectors vectors);
}
