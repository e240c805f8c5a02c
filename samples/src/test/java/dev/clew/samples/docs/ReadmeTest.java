package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README quotes code that is compiled and run here; the set-up is the one that the quick start is tried with. */
class ReadmeTest {
    private static final Path README = Documents.ROOT.resolve("README.md");
    private static final Path SET_UP = Documents.ROOT.resolve("docs/set-up.md");
    private static final Path QUICK_START = Documents.ROOT.resolve("docs/quick-start.md");

    @Test
    void everyJavaSnippetStandsInASample() throws Exception {
        Sources sources = Sources.ofSamples();
        List<Snippet> snippets = Snippet.in(README).toList();

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(3).allMatch(sources::have);
    }

    @Test
    void theSetUpIsTheOneOfTheQuickStart() {
        assertThat(setUp(QUICK_START)).hasSize(11);
        assertThat(setUp(SET_UP)).containsExactlyInAnyOrderElementsOf(setUp(QUICK_START));
    }

    @Test
    void isReadInMinutes() {
        assertThat(Snippet.read(README).lines()).hasSizeLessThanOrEqualTo(250);
    }

    /** The parts of a build file that name Clew: for Maven four dependencies and two plugins, for Gradle five lines. */
    private static List<String> setUp(Path document) {
        return Pattern.compile("(?s)<dependency>.*?</dependency>|<plugin>.*?</plugin>|(?m)^ +\\w+\\(\"dev.clew:[^\n]+$")
                .matcher(Snippet.read(document))
                .results()
                .map(MatchResult::group)
                .map(Snippet::normalised)
                .toList();
    }
}
