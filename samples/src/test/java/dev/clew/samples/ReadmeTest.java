package dev.clew.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README tells of code that is compiled and run here. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("(?s)```java\\R(.*?)```");

    @Test
    void everyJavaSnippetStandsInASample() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<String> sources;
        try (var files = Files.walk(Path.of("src"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReadmeTest::unindented)
                    .toList();
        }

        List<String> snippets = JAVA.matcher(readme)
                .results()
                .map(found -> unindented(found.group(1)))
                .toList();

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
        assertThat(snippets).allSatisfy(snippet -> assertThat(sources).anyMatch(source -> source.contains(snippet)));
    }

    private static String unindented(Path file) {
        try {
            return unindented(Files.readString(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
