package dev.clew.samples.docs;

import java.io.IOException;
import java.util.List;

/**
 * The compiled sources that documents quote.
 *
 * @param texts their texts, normalised
 */
record Sources(List<String> texts) {
    static Sources ofSamples() throws IOException {
        return new Sources(Documents.below("samples/src", ".java").stream()
                .map(source -> Snippet.normalised(Snippet.read(source)))
                .toList());
    }

    boolean have(Snippet snippet) {
        return texts.stream().anyMatch(snippet::standsIn);
    }
}
