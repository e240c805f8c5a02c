package dev.clew.samples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of Java in a document.
 *
 * @param document the file that it stands in
 * @param code the block; a line {@code // …} in it stands for code that is left out, and so does what is between the
 *     imports that it begins with
 */
record Snippet(Path document, String code) {
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\\R(.*?)```");
    private static final Pattern IMPORTS = Pattern.compile("\\A(?:import [^;]+;\\s+)+");
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\s*// …\\s*$");

    static Stream<Snippet> in(Path document) {
        return BLOCK.matcher(read(document)).results().map(block -> new Snippet(document, block.group(1)));
    }

    /** Whether this source, normalised, has all parts of the snippet, in their order. */
    boolean standsIn(String source) {
        int from = 0;
        for (String part : parts()) {
            int found = source.indexOf(part, from);
            if (found < 0) {
                return false;
            }
            from = found + part.length();
        }
        return true;
    }

    /** The block without the imports that it begins with. */
    String withoutImports() {
        return IMPORTS.matcher(code).replaceFirst("");
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>(
                Import.in(code.substring(0, code.length() - withoutImports().length())).stream()
                        .map(Import::line)
                        .map(Snippet::normalised)
                        .toList());
        LEFT_OUT.splitAsStream(withoutImports())
                .map(Snippet::normalised)
                .filter(part -> !part.isEmpty())
                .forEach(parts::add);
        return parts;
    }

    /** One blank for any white space, and none beside punctuation, so that another line break is no difference. */
    static String normalised(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll(" ?([^\\w ]) ?", "$1");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
