package dev.clew.store;

/**
 * Finds the vectors that are closest to a query without looking at all of them, and so may miss some.
 *
 * <p>Implementation notes. Many threads ask at a time. What is thrown makes the store rank exactly, until it builds the next index.
 *
 * <pre>{@code
 * int[] candidates = index.nearest(query, 100);
 * }</pre>
 */
public interface VectorIndex {
    /**
     * The numbers of about the closest vectors, the closest first, each once.
     *
     * @param query a vector of length 1
     * @param most how many are wanted; there may be fewer
     */
    int[] nearest(float[] query, int most);
}
