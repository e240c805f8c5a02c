package dev.clew.contracts.store;

import dev.clew.store.Embedder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a few words, one dimension each: a test can tell every cosine. */
final class WordEmbedder implements Embedder {
    private static final List<String> WORDS = List.of("rain", "sun", "snow");

    private final String id;
    final AtomicInteger calls = new AtomicInteger();

    WordEmbedder() {
        this("words");
    }

    WordEmbedder(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimensions() {
        return WORDS.size();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        calls.incrementAndGet();
        return texts.stream().map(WordEmbedder::vector).toList();
    }

    private static float[] vector(String text) {
        float[] vector = new float[WORDS.size()];
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            int dimension = WORDS.indexOf(word);
            if (dimension >= 0) {
                vector[dimension]++;
            }
        }
        return vector;
    }
}
