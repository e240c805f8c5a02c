package dev.clew.samples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
     * @param name the name of its file
     * @param imports what it imports of Clew
     * @param text its text, normalised
     */
    record Source(String name, List<Import> imports, String text) {
        static Source of(Path file) {
            return of(file.getFileName().toString(), Snippet.read(file));
        }

        static Source of(String name, String code) {
            return new Source(
                    name, Import.in(code).stream().filter(Import::isOfClew).toList(), Snippet.normalised(code));
        }
    }

    static Sources ofSamples() {
        // Those below docs are compiled by docs/try-tutorial and docs/try-guides, the starter's are an application in
        // its tests.
        return new Sources(Stream.of("samples/src", "docs/tutorial", "docs/tried", "spring-boot-starter/src/test")
                .flatMap(Sources::below)
                .map(Source::of)
                .toList());
    }

    private static Stream<Path> below(String directory) {
        try {
            return Documents.below(directory, ".java").stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean have(Snippet snippet) {
        return sourceOf(snippet).isPresent();
    }

    /** Whether this document names a file that has this block. */
    boolean areNamed(Snippet snippet) {
        String document = Snippet.read(snippet.document());
        return all.stream()
                .filter(source -> document.contains("[" + source.name() + "]"))
                .anyMatch(source -> snippet.standsIn(source.text()));
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
