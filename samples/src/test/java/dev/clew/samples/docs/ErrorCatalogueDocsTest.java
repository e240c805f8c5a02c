package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.RequestRefusedException;
import dev.clew.interrupt.AnswerRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The error catalogue names all there is, and nothing else. */
class ErrorCatalogueDocsTest {
    private static final String CATALOGUE = Snippet.read(Documents.ROOT.resolve("docs/errors.md"));

    @Test
    void hasARowForEveryCodeOfTheCompiler() {
        Set<String> codes = new TreeSet<>();
        String processor = "processor/src/main/java/dev/clew/processor/";
        Stream.of(
                        processor + "validate/Rule.java",
                        processor + "lint/LintRule.java",
                        processor + "state/StateRule.java",
                        processor + "graph/StateGraphRule.java",
                        processor + "tool/ToolRule.java",
                        "graph/src/main/java/dev/clew/graph/topology/GraphRule.java")
                .map(Documents.ROOT::resolve)
                .flatMap(file -> found("(?m)^    [A-Z_]+\\(\\s*(\\d+),", Snippet.read(file)))
                .forEach(number -> codes.add("CLEW%03d".formatted(Integer.parseInt(number))));

        assertThat(codes).hasSizeGreaterThan(50);
        assertThat(found("(?m)^\\| (CLEW\\d+) \\|", CATALOGUE)).containsExactlyElementsOf(codes);
    }

    @Test
    void hasARowForEveryWordThatSilencesTheLint() {
        String lint =
                Snippet.read(Documents.ROOT.resolve("processor/src/main/java/dev/clew/processor/lint/LintRule.java"));

        assertThat(found("(?m)^\\| CLEW\\d+ \\| `clew-([a-z-]+)` \\|", CATALOGUE))
                .containsExactlyElementsOf(found("(?m)^    [A-Z_]+\\(\\s*\\d+,\\s*\"([a-z-]+)\"", lint)
                        .toList());
    }

    @Test
    void hasARowForEveryPublicException() throws IOException {
        List<Path> sources = Documents.below("", "Exception.java");
        List<String> exceptions = sources.stream()
                .filter(source -> source.toString().contains("main"))
                .flatMap(source -> found("(?m)^public (?:final )?class (\\w+Exception) ", Snippet.read(source)))
                .toList();

        assertThat(exceptions).hasSizeGreaterThan(15);
        assertThat(found("(?m)^\\| `(\\w+Exception)` \\|", CATALOGUE)).containsExactlyInAnyOrderElementsOf(exceptions);
    }

    @Test
    void hasARowForEveryReason() {
        List<String> reasons = Stream.concat(
                        Stream.of(RequestRefusedException.Reason.values()),
                        Stream.of(AnswerRefusedException.Reason.values()))
                .map(Enum::name)
                .toList();

        assertThat(found("(?m)^\\| `([A-Z_]+)` \\|", CATALOGUE)).containsExactlyElementsOf(reasons);
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
    }
}
