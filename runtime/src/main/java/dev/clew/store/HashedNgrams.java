package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Words and parts of words, counted in as many buckets as there are dimensions. A part is three to five characters of a
 * word, whose ends count as characters. A hash says which bucket, and whether to count up or down, so that what falls
 * into one bucket by chance cancels out on average.
 */
final class HashedNgrams implements Embedder {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;

    /** A whole word says more than its parts do. */
    private static final float WORD = 2;

    private final int dimensions;

    HashedNgrams(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalRequestException("vectors need at least 1 dimension, not " + dimensions);
        }
        this.dimensions = dimensions;
    }

    @Override
    public String id() {
        return "clew-hashed-ngrams-1/" + dimensions;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream().map(this::vector).toList();
    }

    private float[] vector(String text) {
        float[] vector = new float[dimensions];
        counts(text).forEach((gram, count) -> {
            int hash = hash(gram);
            // A gram that comes again and again says little more.
            float weight = (float) (1 + Math.log(count)) * (gram.startsWith(" ") && gram.endsWith(" ") ? WORD : 1);
            vector[Math.floorMod(hash >> 1, dimensions)] += (hash & 1) == 0 ? weight : -weight;
        });
        return vector;
    }

    private static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new HashMap<>();
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        for (String word : NO_WORD.split(plain, -1)) {
            if (!word.isEmpty()) {
                count(" " + word + " ", counts);
            }
        }
        return counts;
    }

    private static void count(String word, Map<String, Integer> counts) {
        counts.merge(word, 1, Integer::sum);
        for (int length = SHORTEST; length <= LONGEST && length < word.length(); length++) {
            for (int start = 0; start + length <= word.length(); start++) {
                counts.merge(word.substring(start, start + length), 1, Integer::sum);
            }
        }
    }

    /** FNV-1a with its bits mixed once more; the same on every JVM. */
    private static int hash(String gram) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < gram.length(); i++) {
            hash = (hash ^ gram.charAt(i)) * 0x01000193;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        return hash ^ (hash >>> 13);
    }
}
