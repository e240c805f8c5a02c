package dev.clew.jvector;

import dev.clew.store.Embedder;
import java.util.List;
import java.util.SplittableRandom;

/** A text is the seed of its vector, which lies around one of some centres. */
record ClusterEmbedder(int centres) implements Embedder {
    private static final int DIMENSIONS = 24;

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
        SplittableRandom centre = new SplittableRandom(random.nextInt(centres));
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (centre.nextDouble() - 0.5 + random.nextDouble() - 0.5);
        }
        return vector;
    }
}
