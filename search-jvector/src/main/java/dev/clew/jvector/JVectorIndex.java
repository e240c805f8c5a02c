package dev.clew.jvector;

import dev.clew.store.VectorIndex;
import dev.clew.store.Vectors;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.util.Bits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** A graph, and the vectors that are its nodes. It no longer changes. */
record JVectorIndex(ImmutableGraphIndex graph, Vectors vectors) implements VectorIndex {
    @Override
    public int[] nearest(float[] query, int most) {
        try (GraphSearcher searcher = new GraphSearcher(graph)) {
            NodeScore[] found = searcher.search(VectorScores.ofQuery(vectors, query), most, Bits.ALL)
                    .getNodes();
            return Stream.of(found).mapToInt(each -> each.node).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
