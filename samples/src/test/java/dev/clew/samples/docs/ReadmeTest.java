package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The README tells of code that is compiled and run here. */
class ReadmeTest {
    @Test
    void everyJavaSnippetStandsInASample() throws Exception {
        Sources sources = Sources.ofSamples();
        List<Snippet> snippets = Snippet.in(Documents.ROOT.resolve("README.md")).toList();

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(3).allMatch(sources::have);
    }
}
