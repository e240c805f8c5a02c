package dev.clew.store;

import java.util.List;

/**
 * Turns texts into vectors whose directions are close where the texts mean the like: the port to a model.
 *
 * <p>Implementation notes. All methods may be called from any thread at any time, and may block. A vector has {@link
 * #dimensions()} finite numbers; its length does not matter, because only directions are compared. The same text gives
 * the same vector, as nearly as the model can. What an embedder throws goes to the caller of the store as it is, who has
 * then changed nothing.
 *
 * <pre>{@code
 * var options = StoreOptions.defaults().embedder(Embedder.hashedNgrams(), "title", "text");
 * var store = Store.inMemory(options);
 * }</pre>
 */
public interface Embedder {
    /** {@link #hashedNgrams(int)} with 384 dimensions. */
    static Embedder hashedNgrams() {
        return hashedNgrams(384);
    }

    /**
     * An embedder that needs neither a model nor a network, for tests and samples: texts are close where they share words
     * or parts of words, in any language that separates words. It knows no synonyms. The same text gives the same vector
     * in every process and version with the same id.
     */
    static Embedder hashedNgrams(int dimensions) {
        return new HashedNgrams(dimensions);
    }

    /**
     * Names the model and its version. Vectors are stored with it and compared only with vectors of the same id, so a new
     * model never answers with the old one's vectors.
     */
    String id();

    /** How many numbers every vector has. */
    int dimensions();

    /** The vectors of these texts, in their order. The texts are not empty; the list may be. */
    List<float[]> embed(List<String> texts);

    /** The vector of a query, for models that treat questions and documents differently. */
    default float[] embedQuery(String query) {
        return embed(List.of(query)).get(0);
    }
}
