package dev.clew.samples.docs;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The compiled sources that documents quote.
 *
 * @param all each of them
 */
record Sources(List<Source> all) {
    /**
     * One of them.
     *
     * @param imports what it imports of Clew
     * @param text its text, normalised
     */
    record Source(List<Import> imports, String text) {
        static Source of(String code) {
            return new Source(Import.in(code).stream().filter(Import::isOfClew).toList(), Snippet.normalised(code));
        }
    }

    static Sources ofSamples() throws IOException {
        return new Sources(Documents.below("samples/src", ".java").stream()
                .map(Snippet::read)
                .map(Source::of)
                .toList());
    }

    boolean have(Snippet snippet) {
        return sourceOf(snippet).isPresent();
    }

    /**
     * The imports of Clew's types that these blocks of one document need, and neither have nor find in a block before them.
     */
    List<String> missingImports(List<Snippet> document) {
        Set<String> shown = new HashSet<>();
        return document.stream()
                .flatMap(snippet -> {
                    Import.in(snippet.code()).forEach(line -> shown.add(line.name()));
                    return importsOf(snippet)
                            .filter(needed -> shown.add(needed.name()))
                            .map(needed -> snippet.document().getFileName() + ": " + needed.line());
                })
                .toList();
    }

    private Stream<Import> importsOf(Snippet snippet) {
        return sourceOf(snippet).stream()
                .flatMap(source -> source.imports().stream())
                .filter(line -> line.isUsedBy(snippet.withoutImports()));
    }

    private Optional<Source> sourceOf(Snippet snippet) {
        return all.stream().filter(source -> snippet.standsIn(source.text())).findFirst();
    }
}
