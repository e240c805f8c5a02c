package dev.clew.store;

import java.util.List;

/** Asks embedders, and checks what they answer. */
final class Embedding {
    private Embedding() {}

    /** Vectors of length 1, or of zeros. */
    static List<float[]> of(Embedder embedder, List<String> texts) {
        List<float[]> vectors = texts.isEmpty() ? List.of() : embedder.embed(texts);
        if (vectors.size() != texts.size()) {
            throw new StoreException("embedder '" + embedder.id() + "' gave " + vectors.size() + " vectors for "
                    + texts.size() + " texts; it must give one for each");
        }
        return vectors.stream().map(vector -> checked(embedder, vector)).toList();
    }

    static float[] ofQuery(Embedder embedder, String query) {
        return checked(embedder, embedder.embedQuery(query));
    }

    private static float[] checked(Embedder embedder, float[] vector) {
        if (vector.length != embedder.dimensions()) {
            throw new StoreException("embedder '" + embedder.id() + "' gave a vector of " + vector.length
                    + " numbers; it says that it has " + embedder.dimensions() + " dimensions");
        }
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new StoreException("embedder '" + embedder.id() + "' gave a vector with " + number + " in it");
            }
        }
        return Cosine.unit(vector);
    }
}
