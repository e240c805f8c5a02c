package dev.clew.jvector;

import dev.clew.store.Vectors;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;

/** Compares vectors where the store has them, so that JVector needs no copy. */
record VectorScores(Vectors vectors) implements BuildScoreProvider {
    /** Closeness as JVector wants it: from 0 to 1. */
    private static float score(float cosine) {
        return (1 + cosine) / 2;
    }

    static SearchScoreProvider ofQuery(Vectors vectors, float[] query) {
        ScoreFunction.ExactScoreFunction score = node -> score(vectors.cosine(query, node));
        return new DefaultSearchScoreProvider(score);
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public SearchScoreProvider searchProviderFor(int node) {
        ScoreFunction.ExactScoreFunction score = other -> score(vectors.cosine(node, other));
        return new DefaultSearchScoreProvider(score);
    }

    @Override
    public SearchScoreProvider diversityProviderFor(int node) {
        return searchProviderFor(node);
    }

    @Override
    public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
        float[] query = new float[vector.length()];
        for (int i = 0; i < query.length; i++) {
            query[i] = vector.get(i);
        }
        return ofQuery(vectors, query);
    }

    /** Only a graph that is written to a file asks for this. */
    @Override
    public VectorFloat<?> approximateCentroid() {
        throw new UnsupportedOperationException("vectors stay in the store");
    }
}
