package dev.clew.store;

/**
 * Vectors of length 1 to make an index of, numbered from 0. They never change, and may be read from many threads at a time.
 *
 * <pre>{@code
 * float closeness = vectors.cosine(vectors.size() - 1, 0);
 * }</pre>
 */
public interface Vectors {
    /** How many there are. */
    int size();

    /** How many numbers each has. */
    int dimensions();

    /** The cosine of the angle between two of them. */
    float cosine(int one, int other);

    /** The cosine of the angle between a vector of length 1 and one of them. */
    float cosine(float[] query, int number);
}
